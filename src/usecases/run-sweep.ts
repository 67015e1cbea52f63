import { epochMs, later, plus, type Instant } from '../domain/instant';
import { dueWant, nextWantAt } from '../domain/request/wants';
import { Unavailable, type DueRequest, type Ports, type Pulse } from './ports';
import { advanceRequest } from './steps/advance-request';
import { applyLeavers } from './steps/apply-leavers';
import { catchUp } from './steps/catch-up';
import { compareWorkflows } from './steps/compare-workflows';
import { deliverRow } from './steps/deliver-row';
import { meterJira, sweepPointsPerHour, type JiraMeter } from './steps/meter-jira';
import { remindOfSecrets } from './steps/remind-of-secrets';
import { rememberConfiguration } from './steps/remember-configuration';
import { writeDigestIfDue } from './steps/write-digest';

const page = 100;
/** A sweep with more to do than this takes a lease, so that another one does not do the same beside it. */
const leaseFrom = 10;
/**
 * A sweep stops half a minute before its five minutes are over (`reserveMs`), so a lease that is older belongs to a sweep
 * that died; the next one comes five minutes later and must not find it held.
 */
const leaseMs = 285_000;
const firstRetryMs = 5 * 60_000;
const mostRetryMs = 60 * 60_000;
/** After this many failures that are nobody's outage a request is `stuck` and waits for a person. */
const attemptsUntilStuck = 12;
/** How many rounds of a hundred one sweep goes on for while there is time. */
const mostRounds = 50;

export interface Swept {
  readonly effects: number;
  readonly requests: number;
  readonly stopped: boolean;
}

/**
 * One sweep: effects that were not made, then requests whose instant has come, then once an hour what may have been
 * missed. What is due is found through two indexes, so the cost follows what is due and never how many requests are open.
 * It stops on remaining time, on Jira's wish, and on its share of Jira's points; the next one continues with what is left.
 * One failing item never stops the others. `timeLeft` says how many milliseconds the invocation has.
 */
export async function runSweep(plain: Ports, timeLeft: () => number, reserveMs = 30_000): Promise<Swept> {
  const now = plain.clock.now();
  const stored = await plain.heartbeat.last();
  const { lease, ...pulse } = stored?.pulse ?? { at: now };
  if (lease !== undefined && now < lease.until) return { effects: 0, requests: 0, stopped: true };
  const run = openRun(plain, pulse, () => timeLeft() < reserveMs, now);
  const rows = await plain.outbox.due(now, page);
  const due = await plain.requests.due(now, page);
  let rev = stored?.rev ?? 0;
  if (rows.length + due.length > leaseFrom) {
    const held = { ...pulse, lease: { token: plain.ids.next(), until: later(now, leaseMs) } };
    // Whoever writes first works; the other one has read a pulse that is out of date and leaves.
    if (!(await plain.heartbeat.beat(held, rev))) return { effects: 0, requests: 0, stopped: true };
    rev++;
  }
  // Before everything else: a sweep that runs out of time must not leave the chains uncovered.
  const digestAt = await writeDigestIfDue(run.ports, now, pulse.digestAt, run.noTime);
  const done = await work(run, rows, due);
  const found = run.mayGoOn() ? await lookForMissed(run, pulse, now) : {};
  const next: Pulse = { ...pulse, ...found, ...(digestAt ? { digestAt } : {}), at: plain.clock.now(), ...run.budget() };
  if (!(await plain.heartbeat.beat(next, rev))) plain.log.note('sweep-overlapped');
  return { ...done, stopped: !run.mayGoOn() };
}

/** One run with its limits. */
interface Run {
  readonly ports: Ports;
  mayGoOn(): boolean;
  noTime(): boolean;
  budget(): Pick<Pulse, 'points' | 'pausedUntil'>;
}

function openRun(plain: Ports, pulse: Pulse, noTime: () => boolean, now: Instant): Run {
  const meter: JiraMeter = meterJira(rememberConfiguration(plain));
  const hour = `${now.slice(0, 13)}:00:00.000Z`;
  const before = pulse.points?.hour === hour ? pulse.points.used : 0;
  const pausedUntil = (): Instant | undefined => meter.pausedUntil() ?? pulse.pausedUntil;
  return {
    ports: meter.ports,
    noTime,
    mayGoOn: () => {
      const paused = pausedUntil();
      if (noTime() || (paused !== undefined && plain.clock.now() < paused)) return false;
      return before + meter.points() < sweepPointsPerHour;
    },
    budget: () => {
      const paused = pausedUntil();
      return {
        points: { hour, used: before + meter.points() },
        ...(paused === undefined ? {} : { pausedUntil: paused }),
      };
    },
  };
}

async function work(
  run: Run,
  firstRows: Awaited<ReturnType<Ports['outbox']['due']>>,
  firstDue: readonly DueRequest[],
): Promise<{ readonly effects: number; readonly requests: number }> {
  let rows = firstRows;
  let due = firstDue;
  const seen = new Set<string>();
  const done = { effects: 0, requests: 0 };
  for (let round = 0; round < mostRounds && rows.length + due.length > 0; round++) {
    for (const row of rows) {
      if (!run.mayGoOn()) return done;
      await alone(run.ports, 'effects', row.issueId, () => deliverRow(run.ports, row));
      done.effects++;
    }
    done.requests += await advanceAll(run, due);
    if (!run.mayGoOn() || (rows.length < page && due.length < page)) return done;
    // The index may still show what was done a moment ago: only what was not seen yet is news.
    for (const { issueId, at } of due) seen.add(`${issueId} ${at}`);
    for (const { issueId, rev } of rows) seen.add(`${issueId} ${rev}`);
    const now = run.ports.clock.now();
    rows = (await run.ports.outbox.due(now, page)).filter(({ issueId, rev }) => !seen.has(`${issueId} ${rev}`));
    due = (await run.ports.requests.due(now, page)).filter(({ issueId, at }) => !seen.has(`${issueId} ${at}`));
  }
  return done;
}

async function advanceAll(run: Run, due: readonly DueRequest[]): Promise<number> {
  if (due.length === 0) return 0;
  const found = await run.ports.requests.getMany(
    due.filter(({ what }) => what === undefined).map(({ issueId }) => issueId),
  );
  let done = 0;
  for (const row of due) {
    if (row.what !== undefined) continue;
    if (!run.mayGoOn()) return done;
    const request = found.get(row.issueId);
    const failed = await alone(run.ports, 'request', row.issueId, async () => {
      if (!request) throw new Error('no-record');
      // A row that is due although its record wants nothing now (somebody put it back, say) would be found for ever.
      if (dueWant(request, run.ports.clock.now()) === undefined)
        return run.ports.requests.realign(row, nextWantAt(request));
      await advanceRequest(run.ports, request);
    });
    if (failed) await postpone(run.ports, row, failed);
    done++;
  }
  await applyLeavers(run.ports, due, () => run.mayGoOn());
  return done;
}

/** A request that fails waits longer each time, so that it never stands in front of others. */
async function postpone(ports: Ports, row: DueRequest, error: unknown): Promise<void> {
  const outage = error instanceof Unavailable;
  const attempts = outage ? row.attempts : row.attempts + 1;
  const pause = Math.min(mostRetryMs, firstRetryMs * 2 ** Math.min(10, attempts - 1));
  const problem = error instanceof Error ? error.name : 'unknown';
  const at = later(ports.clock.now(), outage ? firstRetryMs : pause);
  await alone(ports, 'postpone', row.issueId, () =>
    ports.requests.postpone({ ...row, attempts }, at, problem, attempts >= attemptsUntilStuck),
  );
}

/** How often lost events are made up for and workflows compared. */
const every = 'PT1H';
/** How often secrets are looked at: their ages are days. */
const secretsEvery = 'P1D';

async function lookForMissed(run: Run, pulse: Pulse, now: Instant): Promise<Partial<Pulse>> {
  const isDue = (last: Instant | undefined, often = every): boolean => last === undefined || now >= plus(last, often);
  const caughtUpAt = isDue(pulse.caughtUpAt)
    ? await catchUp(run.ports, silenceHours(pulse.caughtUpAt, now), () => !run.mayGoOn())
    : undefined;
  const workflowAt = isDue(pulse.workflowAt) && run.mayGoOn() ? await compareWorkflows(run.ports, now) : undefined;
  const secretsAt =
    isDue(pulse.secretsAt, secretsEvery) && run.mayGoOn() ? await remindOfSecrets(run.ports, now) : undefined;
  // What was not finished keeps its old instant, so that the next sweep tries it again.
  return {
    ...(caughtUpAt ? { caughtUpAt } : {}),
    ...(workflowAt ? { workflowAt } : {}),
    ...(secretsAt ? { secretsAt } : {}),
  };
}

function silenceHours(last: Instant | undefined, now: Instant): number {
  return last === undefined ? 0 : (epochMs(now) - epochMs(last)) / 3_600_000;
}

/** Runs one item by itself. Answers what went wrong, which is noted and never thrown on. */
async function alone(ports: Ports, what: string, issueId: string, work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    ports.log.note('sweep-item-failed', { what, issue: issueId, error: name });
    return error ?? 'unknown';
  }
}
