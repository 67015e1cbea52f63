import type { AccessRequest } from '../domain/request/access-request';
import { tryAgain as again } from '../domain/request/lifecycle/direct-again';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';
import { followIssue } from './steps/follow-issue';

/**
 * A person has the app try again what it makes itself, once the reason it gave is seen to.
 * @throws Refusal when nothing waits for that, or it may not be made any more
 */
export async function tryAgain(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs' | 'issues' | 'configuration' | 'targets' | 'ids'>,
  asked: { readonly issueId: string; readonly accountId: string },
): Promise<AccessRequest | undefined> {
  const issue = await ports.issues.read(asked.issueId);
  // An edit or a reopening that was not heard of yet comes first: the app tries what is asked today.
  if (issue) await followIssue(ports, issue);
  const actor = { kind: 'person', accountId: asked.accountId } as const;
  return changeRequest(ports, asked.issueId, actor, (current, context) => current && again(current, context));
}
