import type { ReadFailure } from '../../../domain/verification/judge';
import type { TransportAnswer } from './transport';

const egressDenied = 'REQUEST_EGRESS_ALLOWLIST_ERR';

/** The class of an answer that is no success; undefined for a success. The body has no say in it. */
export function failureOfAnswer(answer: TransportAnswer): ReadFailure | undefined {
  const platform = answer.headers.get('forge-proxy-error');
  if (platform !== null) return platform === egressDenied ? 'not-approved' : 'unreachable';
  // A fetch that does not show redirects answers with an opaque response of status 0.
  if (answer.type === 'opaqueredirect' || answer.status === 0) return 'redirected';
  return failureOfStatus(answer.status);
}

/** The class of a status that is no success; undefined for a success. */
export function failureOfStatus(status: number): ReadFailure | undefined {
  if (status === 206) return 'incomplete';
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return 'redirected';
  if (status === 401) return 'refused-credentials';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 408) return 'timeout';
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'server-error';
  return 'bad-request';
}

/** The class of what a transport threw. */
export function failureOfThrow(thrown: unknown, expired: boolean): ReadFailure {
  if (expired) return 'timeout';
  // The platform's ExternalEndpointNotAllowedError carries this name.
  if (nameOf(thrown) === egressDenied) return 'not-approved';
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return /TIMEOUT|TIMEDOUT/.test(codeOf(cause) ?? codeOf(thrown) ?? '') ? 'timeout' : 'unreachable';
}

/** Milliseconds that a Retry-After of whole seconds asks for; undefined for dates and nonsense. */
export function retryAfterMs(answer: TransportAnswer): number | undefined {
  if (answer.status !== 429 && answer.status !== 503) return undefined;
  const text = answer.headers.get('retry-after') ?? '';
  return /^\d{1,4}$/.test(text) ? Number(text) * 1000 : undefined;
}

function nameOf(thrown: unknown): string | undefined {
  return thrown instanceof Error ? thrown.name : undefined;
}

function codeOf(thrown: unknown): string | undefined {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
