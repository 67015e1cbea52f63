import type { AccessRequest } from '../domain/request/access-request';
import { decideInPanel } from '../domain/request/lifecycle/decide';
import { recordReadings } from '../domain/request/lifecycle/read';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';
import { followIssue } from './steps/follow-issue';
import { readItems } from './steps/read-target';

const budget = { timeMs: 6_000, bytes: 2 * 1024 * 1024, calls: 8 };

/**
 * Records a person's decision given in the app and answers JSM's approval with it. The target is read first: what it
 * shows before the decision is the baseline.
 * @throws Refusal when the person may not decide, decided before, or saw other content
 */
export async function decideStage(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs' | 'issues' | 'configuration' | 'targets' | 'ids'>,
  asked: {
    readonly issueId: string;
    readonly accountId: string;
    readonly decision: 'approve' | 'decline';
    readonly comment?: string;
    readonly contentHash: string;
  },
): Promise<AccessRequest | undefined> {
  const issue = await ports.issues.read(asked.issueId);
  if (!issue) return undefined;
  const request = await followIssue(ports, issue);
  if (!request) return undefined;
  const actor = { kind: 'person', accountId: asked.accountId } as const;
  const decision = { ...asked, ...(issue.assigneeId ? { assigneeId: issue.assigneeId } : {}) };
  if (request.state === 'awaiting-approval' && decisionAllowed(request, decision, ports.clock.now())) {
    const readings = await readItems(ports, request, budget);
    await changeRequest(
      ports,
      asked.issueId,
      { kind: 'app' },
      (current, context) => current && recordReadings(current, readings, context),
    );
  }
  return changeRequest(
    ports,
    asked.issueId,
    actor,
    (current, context) => current && decideInPanel(current, decision, context),
  );
}

/** A refusal is cheap: nobody makes the app read a target by deciding what is not theirs. */
function decisionAllowed(request: AccessRequest, decision: Parameters<typeof decideInPanel>[1], now: string): boolean {
  try {
    decideInPanel(request, decision, { now, actor: { kind: 'app' }, ref: (id) => id });
    return true;
  } catch {
    return false;
  }
}
