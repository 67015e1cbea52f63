/** The one installation of the app: which site, which environment. Fixed, so that ids in evidence can be compared. */

export const SITE = {
  cloudId: '9f1c7a52-6f0e-4d4b-8f5b-4a0f0c2d7e61',
  siteUrl: 'https://acme.atlassian.net',
} as const;

export const ENVIRONMENT_ID = '5c8e2d1f-3b7a-4c96-a1d4-0e9f8b7c6d5a';
export const INSTALLATION_ID = 'e2a4c6d8-1b3f-4e5a-9c7d-8f6e4b2a0c1d';

export const contextAriOf = (cloudId: string): string => `ari:cloud:jira::site/${cloudId}`;
