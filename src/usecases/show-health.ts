import { breakerLimits, type BreakerKind } from '../domain/breaker';
import { sweepLate } from '../domain/heartbeat';
import type { Ports, StuckRow } from './ports';
import { sweepPointsPerHour } from './steps/meter-jira';
import { showLeavers } from './steps/show-leavers';

const most = 50;
const kinds: readonly BreakerKind[] = ['revocations', 'reopenings'];
const shownBypasses: readonly string[] = [
  'ungated-resolution',
  'ungated-cancellation',
  'work-without-approval',
  'left-governance',
];

/** Whether time still works, and what waits for a person: a bounded number of reads, whatever is open. */
export async function showHealth(
  ports: Pick<
    Ports,
    | 'heartbeat'
    | 'outbox'
    | 'requests'
    | 'breakers'
    | 'cases'
    | 'configuration'
    | 'clock'
    | 'issues'
    | 'digests'
    | 'leavers'
  >,
) {
  const now = ports.clock.now();
  const [stored, effects, requests, held, found, exceptions, workflows, projects, policy, digests, leavers] =
    await Promise.all([
      ports.heartbeat.last(),
      ports.outbox.stuck(most),
      ports.requests.stuck(most),
      ports.outbox.held(most),
      ports.cases.discrepancies(most),
      ports.cases.exceptions(most),
      ports.configuration.list('workflow'),
      ports.configuration.list('project'),
      ports.configuration.get('policy', 'current'),
      ports.digests.state(),
      showLeavers(ports),
    ]);
  const owner = policy?.value.governanceOwnerIds[0];
  const ownerName = owner === undefined ? 'nobody' : await nameOf(ports, owner);
  const known = await ports.requests.getMany([...effects, ...requests].map((row) => row.issueId));
  const stuck = (what: 'effect' | 'request') => (row: StuckRow) => ({
    issueId: row.issueId,
    key: known.get(row.issueId)?.key ?? row.issueId,
    what,
    since: row.since,
    problem: row.problem,
    owner: ownerName,
  });
  const pulse = stored?.pulse;
  const names = new Map<string, string>();
  for (const { ownerId } of exceptions) if (!names.has(ownerId)) names.set(ownerId, await nameOf(ports, ownerId));
  return {
    ...(pulse ? { lastSweep: pulse.at } : {}),
    sweepLate: sweepLate(pulse?.at, now),
    ...(pulse?.pausedUntil && now < pulse.pausedUntil ? { pausedUntil: pulse.pausedUntil } : {}),
    points: { used: pulse?.points?.used ?? 0, budget: sweepPointsPerHour },
    stuck: [
      ...effects.map(stuck('effect')),
      ...requests.map(stuck('request')),
      ...leavers.stuck.map((row) => ({ ...row, what: 'leavers' as const, owner: ownerName })),
    ],
    leavers: leavers.shown,
    breakers: await Promise.all(
      kinds.map(async (breaker) => {
        const state = (await ports.breakers.get(breaker))?.state;
        const { limit, windowMs } = breakerLimits[breaker];
        return {
          breaker,
          ...(state?.trippedAt && state.decided === undefined ? { trippedAt: state.trippedAt } : {}),
          held: held.filter((kind) => kind === breaker).length,
          limit,
          windowHours: windowMs / 3_600_000,
        };
      }),
    ),
    // A workflow in which nothing was ever missing has left no record: it was compared all the same.
    workflow: projects.flatMap(({ value: { projectId, projectKey } }) => {
      const found = workflows.find(({ value }) => value.projectId === projectId)?.value;
      const checkedAt = pulse?.workflowAt ?? found?.since;
      return checkedAt === undefined ? [] : [{ projectKey, checkedAt, problems: found?.problems ?? [] }];
    }),
    bypasses: found
      .filter((row) => shownBypasses.includes(row.kind))
      .map((row) => ({ key: row.key, at: row.at, text: row.detail })),
    exceptions: exceptions.map((exception) => ({
      key: exception.key,
      owner: names.get(exception.ownerId) ?? 'somebody',
      expiresAt: exception.expiresAt,
      gate: exception.gate,
      kind: exception.kind,
    })),
    ...(digests
      ? {
          newestDigest: {
            at: digests.newest.at,
            ...(digests.anchored ? { anchoredAt: digests.anchored.anchoredAt } : {}),
          },
        }
      : {}),
    now,
  };
}

async function nameOf(ports: Pick<Ports, 'issues'>, accountId: string): Promise<string> {
  return (await ports.issues.person(accountId))?.displayName ?? 'somebody who is gone';
}
