import type { TransportAnswer } from './transport';

export interface BoundedBody {
  readonly bytes: Uint8Array;
  /** The body was longer than allowed; `bytes` is its beginning. */
  readonly cut: boolean;
}

/**
 * Reads at most `limit` bytes of a body as they are after decompression, and lets go of the rest. `onChunk` sees every
 * byte that is kept. Rejects when the connection breaks or `expired` rejects.
 */
export async function readBody(
  answer: TransportAnswer,
  limit: number,
  expired: Promise<never>,
  onChunk: (chunk: Uint8Array) => void,
): Promise<BoundedBody> {
  if (!answer.body) {
    const declared = Number(answer.headers.get('content-length') ?? 0);
    if (declared > limit) return { bytes: new Uint8Array(), cut: true };
    const whole = new Uint8Array(await Promise.race([answer.arrayBuffer(), expired]));
    const kept = whole.subarray(0, limit);
    onChunk(kept);
    return { bytes: kept, cut: whole.byteLength > limit };
  }
  const reader = answer.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), expired]);
      if (done) return { bytes: joined(chunks, size), cut: false };
      const kept = value.subarray(0, limit - size);
      size += kept.byteLength;
      onChunk(kept);
      chunks.push(kept);
      if (kept.byteLength < value.byteLength) return { bytes: joined(chunks, size), cut: true };
    }
  } finally {
    // Not awaited by design: a stream that hangs must not hold up the answer; its own failure says nothing new.
    reader.cancel().catch(() => undefined);
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}
