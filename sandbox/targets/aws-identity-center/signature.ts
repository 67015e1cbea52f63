import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** AWS takes a signature for fifteen minutes, whichever way the clocks differ. */
const driftMs = 15 * 60_000;

/**
 * Why a request is refused, or undefined when its signature of version 4 is right: computed anew from the request
 * itself, as docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html tells.
 */
export function refusedSignature(
  { method, path, host, headers, body }: SignedRequest,
  keys: readonly SigningKey[],
  region: string,
  service: string,
  now: number,
): string | undefined {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;
  const [, keyId, day, givenRegion, givenService, names, signature] = form.exec(headers.authorization ?? '') ?? [];
  if (keyId === undefined || day === undefined || names === undefined || signature === undefined)
    return headers.authorization === undefined ? 'MissingAuthenticationTokenException' : 'IncompleteSignatureException';
  const key = keys.find(({ accessKeyId }) => accessKeyId === keyId);
  if (!key) return 'UnrecognizedClientException';
  const stamp = String(headers['x-amz-date'] ?? '');
  const at = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(at) || Math.abs(at - now) > driftMs || !stamp.startsWith(day)) return 'InvalidSignatureException';
  if (givenRegion !== region || givenService !== service) return 'InvalidSignatureException';
  const signed = names.split(';');
  // What decides the answer has to be signed.
  if (!['host', 'x-amz-date', 'x-amz-target'].every((name) => signed.includes(name)))
    return 'InvalidSignatureException';
  const canonicalHeaders = signed
    .map(
      (name) =>
        `${name}:${
          name === 'host'
            ? host
            : String(headers[name] ?? '')
                .trim()
                .replace(/ +/g, ' ')
        }\n`,
    )
    .join('');
  const canonical = [method, path, '', canonicalHeaders, names, sha256(body)].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n');
  const signing = [day, region, service, 'aws4_request'].reduce<Buffer>(
    (secret, part) => hmac(secret, part),
    Buffer.from(`AWS4${key.secretAccessKey}`),
  );
  return timingSafeEqual(hmac(signing, text), Buffer.from(signature, 'hex')) ? undefined : 'InvalidSignatureException';
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
