/** The sandbox's own pages: one application for all of them, under a policy that lets nothing in but itself. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { HttpReply, HttpRequest, Route } from './router';
import { fileIn, fileReply } from './web-files';
import { themeSheet } from './web-theme';

export const WEB_DIST = resolve(__dirname, '..', 'web', 'dist');

const PAGES = [
  '/',
  '/agent',
  '/agent/*',
  '/portal',
  '/portal/*',
  '/admin',
  '/admin/*',
  '/scim',
  '/scim/*',
  '/sandbox-controls',
  // Addresses that Jira itself uses in its answers.
  '/browse/*',
  '/servicedesk/*',
];

export function webPages(port: number, framesOrigin: string): Route[] {
  const origin = `http://localhost:${port}`;
  const headers = {
    'content-security-policy': policy(framesOrigin),
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
  };
  const page = (request: HttpRequest): HttpReply => {
    // One origin only: frames talk to it by name.
    if (request.headers['host']?.[0] !== `localhost:${port}`)
      return { status: 302, headers: { location: origin + request.target }, body: '' };
    const index = fileIn(WEB_DIST, 'index.html');
    if (index) return { status: 200, headers: { ...headers, 'content-type': index.type }, body: index.bytes };
    return { status: 503, headers: { ...headers, 'content-type': 'text/plain' }, body: NOT_BUILT };
  };
  return [
    ...PAGES.map((path): Route => ({ method: 'GET', path, handle: page })),
    { method: 'GET', path: '/theme/:file', handle: ({ params }) => themeSheet(params['file'] as string) },
    { method: 'GET', path: '/favicon.svg', handle: () => fileReply(WEB_DIST, 'favicon.svg') },
    {
      method: 'GET',
      path: '/assets/*',
      handle: ({ path }) =>
        fileReply(join(WEB_DIST), path.slice(1), { 'cache-control': 'public, max-age=31536000, immutable' }),
    },
  ];
}

export const pagesAreBuilt = (): boolean => existsSync(join(WEB_DIST, 'index.html'));

const NOT_BUILT = 'The pages are not built. Run: npm run build -w sandbox/web';

const policy = (framesOrigin: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    `frame-src ${framesOrigin}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
