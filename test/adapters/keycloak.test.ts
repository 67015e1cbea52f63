import { keycloakHarness } from './keycloak-harness';
import { targetContract } from './target-contract';

targetContract('groups of Keycloak', keycloakHarness, {
  nesting: 'any-depth',
  lacks: {
    'short-page': 'lists of people say nothing of how many rows there are; memberships have a test of their own',
  },
  checks: ['rights', 'find-people', 'look-ups-honoured', 'read-groups'],
  reads: ({ method, path }) => method === 'GET' || (method === 'POST' && path.startsWith('/realms/')),
  accountPath: /^\/(?:admin\/realms\/acme\/users\/[^/?#]+$|realms\/acme\/protocol\/openid-connect\/token$)/,
  otherShape: '{}',
  missing: 'group:00000000-0000-4000-8000-000000000000',
  // Keycloak keeps names in lower case and without these letters.
  noLogin: (login) => /[A-Z<>&"$%!#?§;*~/\\|^=[\]{}()]/.test(login),
});
