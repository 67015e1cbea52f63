import { randomUUID, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import { relayAsk, relayJobsToRead, type RelayMessage } from '../src/contract/relay-message';
import { jobsText, relayText } from '../src/domain/relay/relay-state';
import { sign } from '../src/domain/signature';
import type { Job } from './read-target';

/** How the relay reaches the app: one POST, with its status, the signature of the answer and the answer. */
export type Post = (
  headers: Readonly<Record<string, string>>,
  body: string,
) => Promise<{ readonly status: number; readonly signature: string | undefined; readonly body: string }>;

export interface RelayParts {
  readonly connectorId: string;
  /** The one that was entered in the app for this connector. */
  readonly secret: string;
  readonly post: Post;
  readonly read: (job: Job) => Promise<RelayMessage['answers'][number]['result']>;
  /** This machine's clock, at most five minutes away from the app's. */
  readonly now: () => string;
  /** How long the app may keep a question open when there is nothing to do, in seconds. */
  readonly waitSeconds: number;
  readonly pause: (ms: number) => Promise<void>;
  /** One line for whoever operates the relay. Never a secret, never what was read. */
  readonly note: (text: string) => void;
}

type Answers = RelayMessage['answers'];
/** A question that this relay does not know is undefined: the app may be newer. */
type Asked = Omit<Job, 'ask'> & { readonly ask: Job['ask'] | undefined };
type Exchange = { readonly jobs: readonly Asked[] } | { readonly problem: string; readonly drop: boolean };

/** What one message may carry; the app refuses more. */
const messageBytes = 350_000;
const longestPauseMs = 60_000;

/** Asks for jobs, reads, and answers, until it is told to stop. No connection is ever accepted. */
export async function runRelay(parts: RelayParts, stopped: () => boolean): Promise<void> {
  let answers: Answers = [];
  let failed = 0;
  while (!stopped()) {
    const some = fitting(answers);
    // Nothing waits while there is more to say.
    const exchange = await ask(parts, some, some.length < answers.length ? 0 : parts.waitSeconds);
    if ('problem' in exchange) {
      failed += 1;
      // An answer that is sent twice counts once, so a lost reply costs nothing; one that is refused is not sent again.
      if (exchange.drop || failed > 3) answers = [];
      parts.note(exchange.problem);
      await parts.pause(Math.min(longestPauseMs, 500 * 2 ** failed));
      continue;
    }
    failed = 0;
    answers = [...answers.slice(some.length), ...(await Promise.all(exchange.jobs.map((job) => answer(parts, job))))];
    if (answers.length === 0) await parts.pause(250);
  }
}

async function answer(parts: RelayParts, { id, nonce, ask }: Asked): Promise<Answers[number]> {
  if (ask !== undefined) return { job: id, nonce, result: await parts.read({ id, nonce, ask }) };
  parts.note('The app asks for something that this relay does not know.');
  return { job: id, nonce, result: { failure: 'bad-request' } };
}

function fitting(answers: Answers): Answers {
  let bytes = 0;
  const end = answers.findIndex((answer, index) => {
    bytes += Buffer.byteLength(JSON.stringify(answer), 'utf8');
    return index === 10 || (index > 0 && bytes > messageBytes);
  });
  return end < 0 ? answers : answers.slice(0, end);
}

async function ask(parts: RelayParts, answers: Answers, waitSeconds: number): Promise<Exchange> {
  const body = JSON.stringify({ v: 1, waitSeconds, answers } satisfies RelayMessage);
  const signed = { timestamp: parts.now(), nonce: randomUUID() };
  const headers = {
    'content-type': 'application/json',
    'x-proofgate-key': parts.connectorId,
    'x-proofgate-timestamp': signed.timestamp,
    'x-proofgate-nonce': signed.nonce,
    'x-proofgate-signature': sign(parts.secret, signed, relayText(body)),
  };
  let reply;
  try {
    reply = await parts.post(headers, body);
  } catch {
    return { problem: 'The app could not be reached.', drop: false };
  }
  if (reply.status === 401)
    return { problem: 'The app refuses this relay. Check connector, secret and clock.', drop: false };
  if (reply.status === 400)
    return { problem: 'The app does not understand this relay. Is its version right?', drop: true };
  if (reply.status !== 200) return { problem: `The app answered ${reply.status}.`, drop: false };
  // Whoever can answer in the app's place must not have anything read.
  if (!same(reply.signature ?? '', sign(parts.secret, signed, jobsText(reply.body))))
    return { problem: 'An answer was not signed by the app. Nothing was read for it.', drop: false };
  const jobs = jobsOf(reply.body);
  return jobs ? { jobs } : { problem: 'The app answers what this relay does not understand.', drop: false };
}

function same(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given, 'utf8'), Buffer.from(expected, 'utf8')];
  return one.length === other.length && timingSafeEqual(one, other);
}

function jobsOf(body: string): readonly Asked[] | undefined {
  try {
    const parsed = v.safeParse(relayJobsToRead, JSON.parse(body));
    if (!parsed.success) return undefined;
    return parsed.output.jobs.map(({ id, nonce, ask }) => {
      const known = v.safeParse(relayAsk, ask);
      return { id, nonce, ask: known.success ? known.output : undefined };
    });
  } catch {
    return undefined;
  }
}
