/** Turns what came back through the door into what the WHATWG fetch promises. */
import { CallFailed, type PlatformAnswer } from '../platform-call';

const BODILESS = new Set([101, 204, 205, 304]);

export function toResponse(answer: PlatformAnswer, signal: AbortSignal | undefined): Response {
  const body =
    BODILESS.has(answer.status) || answer.body === undefined
      ? null
      : typeof answer.body === 'string'
        ? answer.body
        : streamOf(answer.body, signal);
  const response = new Response(body, { status: answer.status, headers: answer.headers });
  if (answer.url !== undefined) Object.defineProperty(response, 'url', { value: answer.url });
  if (answer.redirected) Object.defineProperty(response, 'redirected', { value: true });
  return response;
}

/** Pulled one chunk at a time, so that a reader which stops early never receives the rest. */
function streamOf(chunks: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        signal?.addEventListener('abort', () => {
          controller.error(signal.reason);
          void iterator.return?.();
        });
      },
      pull: async (controller) => {
        try {
          const next = await iterator.next();
          if (next.done) controller.close();
          else controller.enqueue(next.value);
        } catch (error) {
          controller.error(failure(error));
        }
      },
      cancel: async () => {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

const failure = (error: unknown): unknown =>
  error instanceof CallFailed
    ? new TypeError('terminated', { cause: Object.assign(new Error(error.message), { code: error.code }) })
    : error;

/** fetch reports every failure of the network as one TypeError whose cause tells the rest. */
export function failureToError(error: unknown): never {
  if (error instanceof CallFailed)
    throw new TypeError('fetch failed', {
      cause: Object.assign(new Error(error.message), { code: error.code }),
    });
  throw error;
}
