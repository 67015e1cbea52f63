/** The one way out: `fetch` of @forge/api, `fetch` of Node in a relay, or what a test puts in its place. */
export type Transport = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body?: string;
    redirect: 'manual';
    signal: AbortSignal;
  },
) => Promise<TransportAnswer>;

/** The part of a fetch response that is used. `body` is missing where the platform does not stream. */
export interface TransportAnswer {
  readonly status: number;
  readonly type?: string;
  readonly headers: { get(name: string): string | null };
  readonly body?: ReadableStream<Uint8Array> | null;
  arrayBuffer(): Promise<ArrayBuffer>;
}
