import { epochMs, plus } from '../domain/instant';
import type { AccessRequest } from '../domain/request/access-request';
import { lapse } from '../domain/request/lifecycle/act';
import { recordReadings, schedule } from '../domain/request/lifecycle/read';
import { outcome } from '../domain/request/lifecycle/outcome';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';
import { deliverRow } from './steps/deliver-row';
import { followIssue } from './steps/follow-issue';
import { readItems } from './steps/read-target';
import { writeDigestIfDue } from './steps/write-digest';

const page = 100;
const readBudget = { timeMs: 10_000, bytes: 2 * 1024 * 1024, calls: 12 };

/**
 * One sweep: effects that were not made, then requests whose instant has come. What is due is found through two indexes,
 * so the cost follows what is due and not how many requests are open. One failing item never stops the others.
 * `timeLeft` says how many milliseconds the invocation has; the sweep stops early and the next one continues with what
 * is left.
 */
export async function runSweep(
  ports: Ports,
  timeLeft: () => number,
  reserveMs = 30_000,
): Promise<{ readonly effects: number; readonly requests: number; readonly stopped: boolean }> {
  const now = ports.clock.now();
  let effects = 0;
  let requests = 0;
  const rows = await ports.outbox.due(now, page);
  const due = await ports.requests.due(now, page);
  for (const row of rows) {
    if (timeLeft() < reserveMs) return { effects, requests, stopped: true };
    await alone(ports, 'effects', row.issueId, () => deliverRow(ports, row));
    effects++;
  }
  for (const issueId of due) {
    if (timeLeft() < reserveMs) return { effects, requests, stopped: true };
    await alone(ports, 'request', issueId, () => advance(ports, issueId));
    requests++;
  }
  const pulse = await ports.heartbeat.last();
  const caughtUpAt = await catchUp(ports, pulse?.caughtUpAt, now, () => timeLeft() < reserveMs);
  const digestAt = await writeDigestIfDue(ports, now, pulse?.digestAt, () => timeLeft() < reserveMs);
  await ports.heartbeat.beat({
    at: ports.clock.now(),
    ...(caughtUpAt ? { caughtUpAt } : {}),
    ...(digestAt ? { digestAt } : {}),
  });
  return { effects, requests, stopped: false };
}

/** How often lost events are made up for, and how far back the search looks: further than the pause, so nothing slips through. */
const catchUpEvery = 'PT1H';
const catchUpHours = 2;
const catchUpLimit = 2000;

/**
 * Once an hour: one bounded search over the governed projects for issues that changed lately, each followed as if its
 * event had come. After a long silence it looks back as far as the silence lasted, at most a week.
 * @returns when it was last done completely
 */
async function catchUp(
  ports: Ports,
  last: string | undefined,
  now: string,
  noTime: () => boolean,
): Promise<string | undefined> {
  if (last !== undefined && now < plus(last, catchUpEvery)) return last;
  const projects = await ports.configuration.list('project');
  if (projects.length === 0) return now;
  const silentHours = last === undefined ? 0 : (epochMs(now) - epochMs(last)) / 3_600_000;
  const hours = Math.min(7 * 24, Math.max(catchUpHours, silentHours + 1));
  const keys = projects.map(({ value }) => value.projectKey);
  let changed: readonly string[];
  try {
    changed = await ports.issues.changedWithin(keys, hours, catchUpLimit);
  } catch (error) {
    ports.log.note('catch-up-failed', { error: error instanceof Error ? error.name : 'unknown' });
    return last;
  }
  for (const issueId of changed) {
    if (noTime()) return last;
    await alone(ports, 'catch-up', issueId, async () => {
      const issue = await ports.issues.read(issueId);
      if (issue) await followIssue(ports, issue);
    });
  }
  return now;
}

async function alone(ports: Ports, what: string, issueId: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    ports.log.note('sweep-item-failed', {
      what,
      issue: issueId,
      error: error instanceof Error ? error.name : 'unknown',
    });
  }
}

/** What a request wants at its instant: an outage tried again, a reading repeated, an approval lapsed. */
async function advance(ports: Ports, issueId: string): Promise<void> {
  const request = await ports.requests.get(issueId);
  const now = ports.clock.now();
  if (!request || !isDue(request, now)) return;
  const issue = await ports.issues.read(issueId);
  const followed = issue ? await followIssue(ports, issue) : request;
  if (!followed || !isDue(followed, now)) return;
  if (
    followed.approvalExpiresAt !== undefined &&
    followed.approvalExpiresAt <= now &&
    followed.state === 'awaiting-approval'
  ) {
    await changeRequest(ports, issueId, { kind: 'app' }, (current, context) => current && lapse(current, context));
    return;
  }
  if (followed.items.length + followed.former.length === 0) return;
  const readings = await readItems(ports, followed, readBudget);
  const after = await changeRequest(
    ports,
    issueId,
    { kind: 'app' },
    (current, context) => current && recordReadings(current, readings, context),
  );
  if (after && isDue(after, now)) await settle(ports, issueId);
}

/** A request that wants nothing any more must leave the due-index, or every sweep would find it again. */
async function settle(ports: Ports, issueId: string): Promise<void> {
  await changeRequest(ports, issueId, { kind: 'app' }, (current, context) => {
    if (!current || !isDue(current, context.now)) return undefined;
    const { nextLookAt: _old, ...rest } = current;
    return outcome(schedule(rest, context), 'look-again', [{ fact: 'nothing-due' }]);
  });
}

function isDue(request: AccessRequest, now: string): boolean {
  return (
    (request.nextLookAt !== undefined && request.nextLookAt <= now) ||
    (request.state === 'awaiting-approval' &&
      request.approvalExpiresAt !== undefined &&
      request.approvalExpiresAt <= now)
  );
}
