import type { AccessRequest } from '../domain/request/access-request';
import { askAnew as ask } from '../domain/request/lifecycle/act';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';
import { followIssue } from './steps/follow-issue';

/**
 * Asks for approval anew: after it lapsed, when an approver is not there any more, or when somebody wants to be sure.
 * The approvers are found again, as if the request were raised today.
 * @throws Refusal when the request has ended or is not complete
 */
export async function askAnew(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs' | 'issues' | 'configuration' | 'targets' | 'ids'>,
  asked: { readonly issueId: string; readonly accountId: string },
): Promise<AccessRequest | undefined> {
  const issue = await ports.issues.read(asked.issueId);
  // What the desk did last comes first: a request that was resolved a moment ago is not asked for again.
  if (issue) await followIssue(ports, issue);
  const actor = { kind: 'person', accountId: asked.accountId } as const;
  const request = await changeRequest(
    ports,
    asked.issueId,
    actor,
    (current, context) => current && ask(current, asked.accountId, context),
  );
  return issue ? followIssue(ports, issue) : request;
}
