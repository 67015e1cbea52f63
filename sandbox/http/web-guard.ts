/** No foreign page drives the sandbox: a browser says where a write comes from, and only the sandbox's own pages may. */
import type { HttpReply, HttpRequest, Route } from './router';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

export function guardWrites(routes: readonly Route[]): Route[] {
  return routes.map((route) => ({
    ...route,
    handle: (request) => (comesFromHere(request) ? route.handle(request) : refusal),
  }));
}

/** Scripts and curl send neither header; every browser sends at least one of them with a write. */
function comesFromHere(request: HttpRequest): boolean {
  if (READS.has(request.method)) return true;
  const site = request.headers['sec-fetch-site']?.[0];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = request.headers['origin']?.[0];
  return origin === undefined || origin === `http://${request.headers['host']?.[0] ?? ''}`;
}

const refusal: HttpReply = {
  status: 403,
  body: { error: 'Only the pages of this sandbox may change something here.' },
};
