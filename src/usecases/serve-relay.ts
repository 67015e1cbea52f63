import {
  handOut,
  jobsText,
  relayLimits,
  relayText,
  takeAnswer,
  type RelayJob,
  type RelayState,
} from '../domain/relay/relay-state';
import type { Instant } from '../domain/instant';
import { nonceExpiry, sign, type Signed } from '../domain/signature';
import { Unavailable, type Pause, type Ports, type RelayAnswer, type RelayResult, type SignedInbox } from './ports';
import { isSignedFor, mayBeTaken } from './steps/check-signed';

const attempts = 6;
/** How often storage is looked at while a relay waits for jobs. */
const lookMs = 700;

/** What a relay says, once its form was checked. */
export interface RelaySays {
  readonly waitSeconds: number;
  readonly answers: ReadonlyArray<{ readonly job: string; readonly nonce: string; readonly result: RelayResult }>;
}

export type RelayReply =
  | { readonly served: 'refused' }
  | { readonly served: 'malformed' }
  | { readonly served: 'jobs'; readonly body: string; readonly signature: string };

type Needed = Pick<Ports, 'relays' | 'clock'> & Pause;

/**
 * Takes a relay's answers and gives it the jobs that are open. An answer counts for an open job of this very connector, once
 * and in time; every other one is passed over and written down. Where there is no job, the relay may wait for one. The
 * reply is signed too, bound to the message that it answers: a relay reads for nobody but the app.
 * @throws Unavailable when storage does not answer: the relay asks again, and answers again
 */
export async function serveRelay(
  ports: Needed,
  sent: { readonly signed: Signed; readonly body: string; readonly parse: () => RelaySays | undefined },
): Promise<RelayReply> {
  const { signed, body } = sent;
  if (!(await isSignedFor(ports, ports.relays, 'relay', signed, relayText(body)))) return { served: 'refused' };
  const says = sent.parse();
  const first = await takeMessage(ports, signed, says);
  if (first === 'refused') return { served: 'refused' };
  if (says === undefined) return { served: 'malformed' };
  const jobs = first.length > 0 ? first : await waitForJobs(ports, signed, says.waitSeconds);
  const secret = await ports.relays.secret(signed.keyId);
  if (secret === undefined) return { served: 'refused' };
  const reply = JSON.stringify({ v: 1, jobs: jobs.map(({ id, nonce, ask }) => ({ id, nonce, ask })) });
  return { served: 'jobs', body: reply, signature: sign(secret, signed, jobsText(reply)) };
}

async function takeMessage(
  ports: Needed,
  signed: Signed,
  says: RelaySays | undefined,
): Promise<readonly RelayJob[] | 'refused'> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const inbox = await ports.relays.inbox(signed.keyId, signed.nonce);
    const now = ports.clock.now();
    if (!mayBeTaken(inbox, 'relay', now)) return 'refused';
    const taken = takeAnswers(inbox, says?.answers ?? [], now);
    const given = says === undefined ? { state: taken.state, jobs: [] } : handOut(taken.state, now);
    const refused = [
      ...(says === undefined ? [{ fact: 'relay-refused', problem: 'malformed' }] : []),
      ...taken.refused.map((job) => ({ fact: 'relay-answer-refused', job, problem: 'no-such-job' })),
    ];
    const saved = await ports.relays.save({
      inbox,
      now,
      state: { ...given.state, seenAt: now },
      nonce: { value: signed.nonce, expiresAt: nonceExpiry(now) },
      ...(refused.length > 0 ? { facts: refused } : {}),
      ...(taken.answers.length > 0 ? { more: taken.answers } : {}),
    });
    if (saved) return given.jobs;
  }
  throw new Unavailable('storage');
}

function takeAnswers(
  inbox: SignedInbox<RelayState>,
  answers: RelaySays['answers'],
  now: Instant,
): { readonly state: RelayState; readonly answers: readonly RelayAnswer[]; readonly refused: readonly string[] } {
  let { state } = inbox;
  const kept: RelayAnswer[] = [];
  const refused: string[] = [];
  for (const answer of answers) {
    const took = takeAnswer(state, answer, now);
    if (took.taken === 'yes') {
      state = took.state;
      const { id, question, handedAt } = took.job;
      kept.push({ question, jobId: id, at: handedAt, result: answer.result });
    } else refused.push(answer.job);
  }
  return { state, answers: kept, refused };
}

async function waitForJobs(ports: Needed, signed: Signed, waitSeconds: number): Promise<readonly RelayJob[]> {
  const looks = Math.floor((Math.min(waitSeconds, relayLimits.waitSeconds) * 1000) / lookMs);
  for (let look = 0; look < looks; look++) {
    await ports.pause(lookMs);
    const inbox = await ports.relays.inbox(signed.keyId, signed.nonce);
    const now = ports.clock.now();
    const given = handOut(inbox.state, now);
    if (given.jobs.length === 0) continue;
    if (await ports.relays.save({ inbox, now, state: { ...given.state, seenAt: now } })) return given.jobs;
  }
  return [];
}
