/** Routes of the sandbox's HTTP server: a method, a path with `:names`, and what to answer. */

export interface HttpRequest {
  method: string;
  /** Path with query string, as the client wrote it. */
  target: string;
  path: string;
  query: URLSearchParams;
  /** Names of the route's path, decoded. */
  params: Record<string, string>;
  headers: Record<string, string[]>;
  body: string;
}

export interface HttpReply {
  status: number;
  headers?: Record<string, string | string[]>;
  /** Text or bytes as they are, anything else as JSON. */
  body?: unknown;
}

export interface Route {
  /** `*` takes every method. */
  method: string;
  /** `/sandbox/issues/:key/move`, or a prefix: `/rest/*`. */
  path: string;
  handle(request: HttpRequest): Promise<HttpReply> | HttpReply;
}

/** Something the client did wrong; the message is for the client. */
export class ClientError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export function route(routes: readonly Route[], method: string, path: string) {
  let pathKnown = false;
  for (const candidate of routes) {
    const params = matchPath(candidate.path, path);
    if (!params) continue;
    if (candidate.method === '*' || candidate.method === method) return { route: candidate, params };
    pathKnown = true;
  }
  return pathKnown ? ('wrong method' as const) : undefined;
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  if (pattern.endsWith('/*')) return path.startsWith(pattern.slice(0, -1)) ? {} : undefined;
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i] as string;
    if (part.startsWith(':') && value !== '') params[part.slice(1)] = decode(value);
    else if (part !== value) return undefined;
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ClientError(400, 'The path is not well encoded');
  }
}

/** The body as a JSON object; an empty body is an empty object. */
export function jsonObject(request: HttpRequest): Record<string, unknown> {
  let value: unknown;
  try {
    value = request.body.trim() === '' ? {} : JSON.parse(request.body);
  } catch {
    throw new ClientError(400, 'The body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ClientError(400, 'The body must be a JSON object');
  return value as Record<string, unknown>;
}

export function textField(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new ClientError(400, `"${name}" must be a text`);
  return value;
}
