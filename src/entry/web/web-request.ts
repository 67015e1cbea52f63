/** A call of a web trigger (developer.atlassian.com/platform/forge/events-reference/web-trigger). */
export interface WebRequest {
  readonly method?: unknown;
  readonly headers?: unknown;
  readonly body?: unknown;
}

/** A header that was sent exactly once; its name in any case. */
export function headersOf(headers: unknown): (name: string) => string | undefined {
  const found = new Map<string, string[]>();
  for (const [name, values] of Object.entries((headers ?? {}) as Record<string, unknown>)) {
    const texts = (Array.isArray(values) ? values : [values]).map((value) => String(value));
    const key = name.toLowerCase();
    found.set(key, [...(found.get(key) ?? []), ...texts]);
  }
  return (name) => {
    const values = found.get(name) ?? [];
    return values.length === 1 ? values[0] : undefined;
  };
}

/** The four values of a signature, as their headers carry them. */
export function signatureHeaders(header: (name: string) => string | undefined) {
  return {
    keyId: header('x-proofgate-key'),
    timestamp: header('x-proofgate-timestamp'),
    nonce: header('x-proofgate-nonce'),
    signature: header('x-proofgate-signature'),
  };
}

/** Whether a body has more bytes in UTF-8 than it may. */
export function isLarger(body: string, bytes: number): boolean {
  return body.length > bytes || Buffer.byteLength(body, 'utf8') > bytes;
}
