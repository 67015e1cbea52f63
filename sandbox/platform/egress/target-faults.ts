/** Answers that a target gives instead of its own, or that its own is bent into. */
import type { Faults } from '../../contracts';
import type { PlatformAnswer } from '../platform-call';

export type TargetFault = NonNullable<Faults['targetAnswers']>[string];

const HUGE_BYTES = 50 * 1024 * 1024;
const SCIM_JSON: [string, string] = ['content-type', 'application/scim+json'];

/** The whole answer, for faults that need nothing of the target. */
export function standIn(fault: TargetFault, url: URL, method: string): PlatformAnswer | undefined {
  switch (fault) {
    case 'rate-limited':
      return { status: 429, headers: [SCIM_JSON, ['retry-after', '1']], body: scimError(429, 'Too many requests') };
    case 'writes-refused':
      return isWrite(url, method)
        ? { status: 403, headers: [SCIM_JSON], body: scimError(403, 'The token lacks the right to write') }
        : undefined;
    case 'garbage':
      return { status: 200, headers: [SCIM_JSON], body: '{"Resources":[{"id":"1","disp' };
    case 'html':
      return {
        status: 200,
        headers: [['content-type', 'text/html']],
        body: '<!doctype html><title>Sign in</title><form action="/login"><input name="user"></form>',
      };
    case 'redirect':
      return { status: 302, headers: [['location', `https://elsewhere.test${url.pathname}`]], body: '' };
    case 'error-500':
      return { status: 500, headers: [SCIM_JSON], body: scimError(500, 'Internal error') };
    case 'forbidden':
      return { status: 403, headers: [SCIM_JSON], body: scimError(403, 'The token lacks the right to read') };
    case 'huge':
      return { status: 200, headers: [SCIM_JSON], body: endless() };
    default:
      return undefined;
  }
}

/** `POST …/.search` asks, and a token request changes nothing in the target. */
const isWrite = (url: URL, method: string) =>
  !['GET', 'HEAD'].includes(method) && !url.pathname.endsWith('/.search') && !url.pathname.endsWith('/token');

/** `writes-unanswered`: what was changed is changed, but nobody says so. */
export function lostAnswer(fault: TargetFault | undefined, url: URL, method: string): PlatformAnswer | undefined {
  return fault === 'writes-unanswered' && isWrite(url, method)
    ? { status: 503, headers: [SCIM_JSON], body: scimError(503, 'The answer is lost') }
    : undefined;
}

const scimError = (status: number, detail: string) =>
  JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), detail });

async function* endless(): AsyncIterable<Uint8Array> {
  yield Buffer.from('{"Resources":[');
  const chunk = Buffer.alloc(64 * 1024, '{"id":"x"},');
  for (let sent = 0; sent < HUGE_BYTES; sent += chunk.byteLength) {
    yield chunk;
    // Lets a reader that has had enough say so.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** `everybody`: a server that ignores the filter and answers with all it has. */
export function alteredPath(fault: TargetFault | undefined, url: URL): string {
  if (fault !== 'everybody') return url.pathname + url.search;
  const params = new URLSearchParams(url.search);
  params.delete('filter');
  const search = params.toString();
  return search === '' ? url.pathname : `${url.pathname}?${search}`;
}

/** `short-page`: a list that holds less than it says. */
export async function alterBody(fault: TargetFault | undefined, answer: PlatformAnswer): Promise<PlatformAnswer> {
  if (fault !== 'short-page' || answer.body === undefined) return answer;
  const text = typeof answer.body === 'string' ? answer.body : await readAll(answer.body);
  const headers = answer.headers.filter(([name]) => name !== 'content-length');
  return { ...answer, headers, body: shortened(text) };
}

function shortened(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (name, value: unknown) =>
      (name === 'Resources' || name === 'members') && Array.isArray(value) ? value.slice(0, 1) : value,
    );
  } catch {
    return text;
  }
}

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString('utf8');
}
