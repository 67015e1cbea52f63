import * as v from 'valibot';
import { relayMessage } from '../../contract/relay-message';
import { relayLimits } from '../../domain/relay/relay-state';
import { signedOf } from '../../domain/signature';
import type { Pause, Ports, RelayResult } from '../../usecases/ports';
import { serveRelay, type RelaySays } from '../../usecases/serve-relay';
import { defined } from '../resolvers/defined';
import { headersOf, isLarger, signatureHeaders, type WebRequest } from './web-request';

/** A dynamic answer of a web trigger (developer.atlassian.com/platform/forge/events-reference/web-trigger). */
interface WebAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string[]>>;
  readonly body: string;
}

/**
 * Serves relays in companies' networks. Whatever is not signed by a connector's relay is `refused`, always in the same
 * way: first by its form, without storage, then by its signature. What leaves in the answer is jobs and nothing else.
 */
export function createRelay(ports: () => Ports, { pause }: Pause) {
  return async (request: WebRequest): Promise<WebAnswer> => {
    const { method, body } = request;
    const signed = signedOf(signatureHeaders(headersOf(request.headers)));
    if (method !== 'POST' || !signed || typeof body !== 'string' || isLarger(body, relayLimits.bytes))
      return answer(401, '{"served":"no"}');
    const opened = ports();
    try {
      const reply = await serveRelay({ ...opened, pause }, { signed, body, parse: () => saysOf(body) });
      if (reply.served === 'jobs') return answer(200, reply.body, reply.signature);
      return answer(reply.served === 'malformed' ? 400 : 401, '{"served":"no"}');
    } catch (error) {
      opened.log.note('relay-not-served', { error: error instanceof Error ? error.name : 'unknown' });
      return answer(503, '{"served":"no"}');
    }
  };
}

function answer(statusCode: number, body: string, signature?: string): WebAnswer {
  return {
    statusCode,
    headers: {
      'Content-Type': ['application/json'],
      'Cache-Control': ['no-store'],
      ...(signature === undefined ? {} : { 'X-Proofgate-Signature': [signature] }),
    },
    body,
  };
}

/** What a body says; undefined when it is not what a relay says. */
function saysOf(body: string): RelaySays | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  const read = v.safeParse(relayMessage, value);
  if (!read.success) return undefined;
  const { waitSeconds, answers } = read.output;
  return {
    waitSeconds,
    answers: answers.map(({ job, nonce, result }) => ({ job, nonce, result: defined(result) as RelayResult })),
  };
}
