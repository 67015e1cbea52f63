/** One call of a running function to the platform, in a form that crosses a process border. */

export interface CallMeta {
  type: string;
  provider?: string;
  remote?: string;
  accountId?: string;
  contextAri?: string;
}

export interface PlatformCall {
  meta: CallMeta;
  method: string;
  /** Path for Atlassian calls, absolute URL for egress. */
  path: string;
  headers: Record<string, string>;
  body?: Uint8Array | string;
  /** Egress only. */
  redirect?: 'follow' | 'manual' | 'error';
}

export interface PlatformAnswer {
  status: number;
  headers: Array<[string, string]>;
  body?: string | AsyncIterable<Uint8Array>;
  /** Egress only: where the answer came from in the end. */
  url?: string;
  redirected?: boolean;
}

/** How a running function reaches the platform. Rejects with `CallFailed` when there is no answer at all. */
export type Door = (call: PlatformCall, signal?: AbortSignal) => Promise<PlatformAnswer>;

/** No answer: refused connection, unknown host, redirect that was not wanted. */
export class CallFailed extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The invocation is to die here, as a killed process would. */
export class InvocationKilled extends Error {}

export const bytesOf = (body: Uint8Array | string | undefined): number =>
  body === undefined ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;

export const textOf = (body: Uint8Array | string | undefined): string =>
  body === undefined ? '' : typeof body === 'string' ? body : Buffer.from(body).toString('utf8');

export function jsonAnswer(status: number, body: unknown, headers: Array<[string, string]> = []): PlatformAnswer {
  return { status, headers: [['content-type', 'application/json'], ...headers], body: JSON.stringify(body) };
}

export const emptyAnswer = (status: number, headers: Array<[string, string]> = []): PlatformAnswer => ({
  status,
  headers,
});

/** An answer of the proxy itself: the official packages turn the header into an exception. */
export const proxyError = (status: number, code: string): PlatformAnswer =>
  jsonAnswer(status, { code, message: `Forge proxy: ${code}` }, [['forge-proxy-error', code]]);
