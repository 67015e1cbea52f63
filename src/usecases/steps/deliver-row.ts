import type { BreakerKind } from '../../domain/breaker';
import { later } from '../../domain/instant';
import type { OutboxRow } from '../../domain/request/lifecycle/commit';
import { Unavailable, type Ports } from '../ports';
import { makeEffect } from './make-effect';

type Needed = Pick<
  Ports,
  | 'requests'
  | 'people'
  | 'clock'
  | 'jobs'
  | 'issues'
  | 'configuration'
  | 'targets'
  | 'ids'
  | 'outbox'
  | 'breakers'
  | 'log'
>;

/** While one invocation works on a row, others leave it alone for this long: longer than an invocation may take. */
export const leaseMs = 6 * 60_000;
const firstRetryMs = 60_000;
const mostRetryMs = 60 * 60_000;
/** After this many failed attempts a row is `stuck`: it is shown with an owner and never stands in front of others. */
const attemptsUntilStuck = 12;
/** A service that does not answer is waited for, with growing pauses of up to an hour, for about a week. */
const unansweredUntilStuck = attemptsUntilStuck + 7 * 24;
/** How long until a row that a circuit breaker holds asks again. */
const heldMs = 30 * 60_000;

/**
 * Makes the effects of one change, in order, after those of every earlier change of the same request. Progress is
 * acknowledged effect by effect; what could not be made is tried again with growing pauses.
 */
export async function deliverRow(
  ports: Needed,
  asked: { readonly issueId: string; readonly rev: number },
): Promise<void> {
  const row = await ports.outbox.get(asked.issueId, asked.rev);
  if (!row) return;
  if (row.after !== undefined) {
    await deliverRow(ports, { issueId: row.issueId, rev: row.after });
    const earlier = await ports.outbox.get(row.issueId, row.after);
    if (earlier) return waitBehind(ports, row, earlier);
  }
  const now = ports.clock.now();
  if (row.at > now && row.attempts > 0) return;
  const leased: OutboxRow = { ...row, at: later(now, leaseMs), attempts: row.attempts + 1 };
  // Only one invocation takes a row, and none takes one that was finished since it was read.
  if (await ports.outbox.claim(leased, row.at)) await deliver(ports, leased);
}

/** Makes the effects of a row that the caller wrote leased to itself, unless those of an earlier change still wait. */
export async function deliverLeased(ports: Needed, row: OutboxRow): Promise<void> {
  if (row.after !== undefined && (await ports.outbox.get(row.issueId, row.after))) {
    // Earlier effects come first; the row is everybody's again, from now on.
    await ports.outbox.save({ ...row, at: ports.clock.now(), attempts: 0 });
    return deliverRow(ports, row);
  }
  return deliver(ports, row);
}

/**
 * A row whose turn has not come is due when the one before it is, and stuck when that is: otherwise it would stand at the
 * head of what is due at every sweep, and enough of its kind would keep a sweep from everything else.
 */
async function waitBehind(ports: Needed, row: OutboxRow, earlier: OutboxRow): Promise<void> {
  const now = ports.clock.now();
  if (row.at > now) return;
  // Not the very instant of the other lease: a claim is known by its instant, and whoever claims this row next has its own.
  const at = earlier.at > now ? later(earlier.at, 1) : later(now, firstRetryMs);
  const stuck = earlier.stuck ? { stuck: earlier.stuck } : {};
  await ports.outbox.claim({ ...row, at, ...stuck }, row.at);
}

async function deliver(ports: Needed, leased: OutboxRow): Promise<void> {
  const { held: _held, ...free } = leased;
  let row: OutboxRow = free;
  for (const effect of leased.effects.slice(leased.done)) {
    const result = await attempt(ports, row.issueId, effect);
    if (result !== 'done') return postpone(ports, row, result);
    row = { ...row, done: row.done + 1, attempts: 1 };
    // Every effect is idempotent or found before it is made again; only an issue is too dear to search for twice.
    if (row.done < row.effects.length && effect.kind === 'raise') await ports.outbox.save(row);
  }
  await ports.outbox.remove(row);
}

type Postponed =
  | { readonly notYet: string; readonly unanswered?: boolean; readonly retryAfterSeconds?: number }
  | { readonly held: BreakerKind };

async function attempt(
  ports: Needed,
  issueId: string,
  effect: OutboxRow['effects'][number],
): Promise<'done' | Postponed> {
  try {
    return await makeEffect(ports, issueId, effect);
  } catch (error) {
    // A row that fails for another reason than an outage is put aside like one that is refused, and gets an owner.
    if (!(error instanceof Unavailable)) return { notYet: error instanceof Error ? error.name : 'unknown' };
    if (error.dependency === 'jira' && onIssue.includes(effect.kind) && (await isGone(ports, issueId))) return 'done';
    return {
      notYet: error.message,
      unanswered: true,
      ...(error.retryAfterSeconds ? { retryAfterSeconds: error.retryAfterSeconds } : {}),
    };
  }
}

/** Effects on the issue itself. What else a change asked for (a removal above all) is done whether or not its issue is there. */
const onIssue: ReadonlyArray<OutboxRow['effects'][number]['kind']> = [
  'comment',
  'property',
  'transition',
  'ask-approvals',
  'answer-approval',
  'add-participants',
  'assign',
  'set-priority',
  'open-work',
  'direct-write',
];

/** An issue that is gone has nothing left to change; Jira answers that like a failure. */
async function isGone(ports: Needed, issueId: string): Promise<boolean> {
  try {
    return (await ports.issues.read(issueId)) === undefined;
  } catch {
    return false;
  }
}

async function postpone(ports: Needed, row: OutboxRow, why: Postponed): Promise<void> {
  if ('held' in why) {
    await ports.outbox.save({ ...row, held: why.held, at: later(ports.clock.now(), heldMs), attempts: 1 });
    ports.log.note('effect-held', { issue: row.issueId, rev: row.rev, breaker: why.held });
    return;
  }
  const pause = Math.max(
    (why.retryAfterSeconds ?? 0) * 1000,
    Math.min(mostRetryMs, firstRetryMs * 2 ** Math.min(20, row.attempts - 1)),
  );
  const now = ports.clock.now();
  const most = why.unanswered === true ? unansweredUntilStuck : attemptsUntilStuck;
  const stuck = row.attempts >= most ? { since: now, problem: why.notYet } : undefined;
  await ports.outbox.save({ ...row, at: later(now, pause), ...(stuck ? { stuck } : {}) });
  ports.log.note('effect-postponed', { issue: row.issueId, rev: row.rev, attempts: row.attempts });
}
