/**
 * The app's side: real requests in the real sandbox, its clock moved from sweep to sweep, the whole process killed while
 * a sweep works. What people got is counted at the end: the comments in the service desk.
 */
import { verifyExport } from '../../../src/domain/audit/verify-export';
import { SandboxProcess, type SandboxState } from './sandbox-process';
import {
  groupEveryMinutes,
  groups,
  intervalMinutes,
  kills,
  requestsPerGroup,
  steps,
  type Kill,
  type StepName,
} from './script';
import type { SideResult } from './side-result';
import { tally, type Expected, type Made } from './tally';

const minuteMs = 60_000;
const intervalMs = intervalMinutes * minuteMs;
/** Time stands this long before the next sweep whenever one is to be killed, so that a slow restart does not miss it. */
const beforeSweepMs = minuteMs;
/** How long after the last due instant steps may still take effect: what is not done by then counts as lost. */
const graceIntervals = 12;

interface Raised {
  readonly key: string;
  readonly group: number;
  readonly createdAt: number;
}

/** Plays the script in a fresh sandbox whose data lie in `directory`. */
export async function proofgateSide(directory: string): Promise<SideResult> {
  const sandbox = new SandboxProcess(directory);
  await sandbox.start();
  try {
    const raised = await raiseAll(sandbox);
    const killed = await playOut(sandbox, raised);
    if (!verifyExport(await sandbox.call<string>('adele', 'GET', '/sandbox/export')).ok)
      throw new Error('the audit export does not verify');
    const expected = raised.flatMap(({ key, createdAt }): Expected[] =>
      steps.map((step) => ({ request: key, step: step.name, dueAt: createdAt + step.afterMinutes * minuteMs })),
    );
    const made: Made[] = [];
    for (const request of raised) made.push(...(await effectsOn(sandbox, request)));
    return {
      ...tally(expected, made, killed.lastAt, intervalMs),
      kills: killed.kills,
      killsAtWork: killed.atWork,
      slowestRestart: Math.round((killed.slowestMs / intervalMs) * 10) / 10,
    };
  } finally {
    await sandbox.kill();
  }
}

async function raiseAll(sandbox: SandboxProcess): Promise<readonly Raised[]> {
  const state = await sandbox.call<SandboxState>(undefined, 'GET', '/sandbox/state');
  const field = (name: string) => state.fields[name] as string;
  const end = new Date(Date.parse(state.now) + 30 * 24 * 60 * minuteMs).toISOString();
  const raised: Raised[] = [];
  for (let group = 0; group < groups; group++) {
    if (group > 0) await sandbox.call(undefined, 'POST', '/sandbox/clock', { advance: `PT${groupEveryMinutes}M` });
    for (let n = 0; n < requestsPerGroup; n++) {
      const { issueKey } = await sandbox.call<{ issueKey: string }>('rita', 'POST', '/rest/servicedeskapi/request', {
        serviceDeskId: state.project.serviceDeskId,
        requestTypeId: state.requestTypes['Request access'],
        requestFieldValues: {
          summary: `Finance Approvers, please (${group}.${n})`,
          [field('Target system')]: 'SCIM directory',
          [field('Entitlement')]: 'Finance Approvers',
          [field('Access end')]: end,
        },
      });
      const issue = await sandbox.call<{ fields: { created: string } }>(
        'amir',
        'GET',
        `/rest/api/3/issue/${issueKey}?fields=created`,
      );
      raised.push({ key: issueKey, group, createdAt: Date.parse(issue.fields.created) });
    }
    await sandbox.call(undefined, 'POST', '/sandbox/settle');
  }
  return raised;
}

interface Killed {
  kills: number;
  atWork: number;
  /** By the sandbox's clock. */
  lastAt: number;
  /** How long a restart took. The sandbox's time goes on meanwhile, at wall speed. */
  slowestMs: number;
}

/** Moves time from sweep to sweep until the grace is over, and kills where the script says so. */
async function playOut(sandbox: SandboxProcess, raised: readonly Raised[]): Promise<Killed> {
  const dueOf = (group: number, step: StepName): number =>
    Math.max(...raised.filter((r) => r.group === group).map((r) => r.createdAt)) +
    (steps.find(({ name }) => name === step)?.afterMinutes ?? Number.NaN) * minuteMs;
  const instants = [...Array(groups).keys()].flatMap((group) => steps.map((step) => dueOf(group, step.name)));
  const until = Math.max(...instants) + graceIntervals * intervalMs;
  const pending: Kill[] = [...kills()];
  let callsOfWork: number | undefined;
  const counted: Killed = { kills: 0, atWork: 0, lastAt: 0, slowestMs: 0 };
  for (;;) {
    const health = await sandbox.call<{ now: string; lastSweep: string }>(undefined, 'GET', '/sandbox/health');
    const now = Date.parse(health.now);
    if (now >= until) break;
    // Sweeps keep their phase, so the last one tells when the next ones come.
    const sincePhase = (instant: number) => (instant - Date.parse(health.lastSweep)) / intervalMs;
    const rest = Math.ceil(sincePhase(now)) * intervalMs + Date.parse(health.lastSweep) - now;
    const advance = `PT${((rest > beforeSweepMs ? rest - beforeSweepMs : rest + intervalMs - beforeSweepMs) / 1000).toFixed(3)}S`;
    const sweeps = rest <= beforeSweepMs;
    const next = pending[0];
    if (sweeps && next && dueOf(next.group, next.step) <= now) {
      pending.shift();
      counted.kills++;
      if (callsOfWork === undefined) throw new Error('a kill came before any sweep had shown how much work it has');
      const calls = Math.ceil(next.share * callsOfWork);
      const { atWork, restartMs, killedAt } = await killDuring(sandbox, advance, calls);
      if (atWork) counted.atWork++;
      counted.slowestMs = Math.max(counted.slowestMs, restartMs);
      counted.lastAt = killedAt;
      continue;
    }
    const before = await nextCall(sandbox);
    await sandbox.call(undefined, 'POST', '/sandbox/clock', { advance });
    // The first group's sweep goes unharmed and shows how many calls such work makes, on whatever machine.
    if (sweeps && dueOf(0, 'half') <= now) callsOfWork ??= (await nextCall(sandbox)) - before;
  }
  if (pending.length > 0) throw new Error(`${pending.length} kills did not happen`);
  return counted;
}

/** The number that the app's next call to the platform gets. */
async function nextCall(sandbox: SandboxProcess): Promise<number> {
  // Only the number is wanted, and none of the calls so far.
  const { next } = await sandbox.call<{ next: number }>(undefined, 'GET', `/sandbox/ledger?since=${2 ** 40}`);
  return next;
}

/**
 * Lets time pass, and SIGKILLs the sandbox once the app has made this many calls meanwhile, or when it is done with fewer.
 * Answers whether it was still at work.
 */
async function killDuring(
  sandbox: SandboxProcess,
  advance: string,
  calls: number,
): Promise<{ atWork: boolean; restartMs: number; killedAt: number }> {
  const until = (await nextCall(sandbox)) + calls;
  let atWork = true;
  const passing = sandbox.call(undefined, 'POST', '/sandbox/clock', { advance }).then(
    () => (atWork = false),
    () => undefined,
  );
  while (atWork && (await nextCall(sandbox)) < until);
  const caught = atWork;
  await sandbox.kill();
  await passing;
  const startedAt = performance.now();
  await sandbox.start();
  const restartMs = performance.now() - startedAt;
  // How far time had come when the kill fell in: it goes on at wall speed, so the restart is taken off again.
  const { now } = await sandbox.call<{ now: string }>(undefined, 'GET', '/sandbox/health');
  return { atWork: caught, restartMs, killedAt: Date.parse(now) - restartMs };
}

interface Node {
  readonly text?: string;
  readonly content?: readonly Node[];
}

async function effectsOn(sandbox: SandboxProcess, request: Raised): Promise<readonly Made[]> {
  const { comments } = await sandbox.call<{ comments: Array<{ body: Node; created: string }> }>(
    'amir',
    'GET',
    `/rest/api/3/issue/${request.key}/comment?maxResults=100`,
  );
  return comments.flatMap(({ body, created }): Made[] => {
    const step = stepOf(textOf(body), Date.parse(created) - request.createdAt);
    return step === undefined ? [] : [{ request: request.key, step, at: Date.parse(created) }];
  });
}

const textOf = (node: Node): string => (node.text ?? '') + (node.content ?? []).map(textOf).join('');

/**
 * The two reminders read alike, so the instant tells them apart: one after the second is due counts as the second. A first
 * reminder that came so late would thus be counted as lost, and the second as doubled.
 */
function stepOf(text: string, afterMs: number): StepName | undefined {
  if (text.startsWith('Approval is overdue since')) return 'due';
  if (!text.startsWith('Reminder: Approval is ')) return undefined;
  return afterMs < steps[1].afterMinutes * minuteMs ? 'half' : 'soon';
}
