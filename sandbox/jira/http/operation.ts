import type { SiteResponse } from '../../contracts';
import type { PersonRecord } from '../records';
import type { Site } from '../site-state';

/** One call of one operation, with everything the router has already established. */
export interface Call {
  site: Site;
  /** The account that acts: a person's, or the app's own. */
  actor: PersonRecord;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  /** Path and query as the caller wrote them, for links to the next page. */
  path: string;
}

/** An operation of the site, with the name and the scopes that the official description gives it. */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  name: string;
  scopes: readonly string[];
  /** `call` answers within one store transaction; `steps` is asynchronous and opens its own. */
  answer: { call: (call: Call) => SiteResponse } | { steps: (call: Call) => Promise<SiteResponse> };
  /** Answers people who are not logged in. */
  anonymous?: true;
}

/** `GET /path` with the operation's official name. */
export function operation(
  route: `${Operation['method']} /${string}`,
  name: string,
  scopes: readonly string[],
  call: (call: Call) => SiteResponse,
): Operation {
  const [method, path] = route.split(' ') as [Operation['method'], string];
  return { method, path, name, scopes, answer: { call } };
}

/** An operation that calls back into the app between reading and writing. */
export function steppedOperation(
  route: `${Operation['method']} /${string}`,
  name: string,
  scopes: readonly string[],
  steps: (call: Call) => Promise<SiteResponse>,
): Operation {
  const [method, path] = route.split(' ') as [Operation['method'], string];
  return { method, path, name, scopes, answer: { steps } };
}

export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`the route has no parameter ${name}`);
  return value;
}
