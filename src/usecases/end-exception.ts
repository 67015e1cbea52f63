import type { AccessRequest } from '../domain/request/access-request';
import { endException as end } from '../domain/request/lifecycle/except';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';
import { followIssue } from './steps/follow-issue';
import { governanceOwners, requireOneOf } from './steps/require-governance';

/** Ends an exception before its time, by a governance owner: what was closed under it is reopened unless it is proven. */
export async function endException(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs' | 'configuration' | 'issues' | 'targets' | 'ids'>,
  asked: { readonly issueId: string; readonly accountId: string },
): Promise<AccessRequest | undefined> {
  const issue = await ports.issues.read(asked.issueId);
  // A closing that was not heard of yet comes first, so that it is reopened with the exception.
  if (issue) await followIssue(ports, issue);
  const owners = await governanceOwners(ports);
  const actor = { kind: 'person', accountId: asked.accountId } as const;
  return changeRequest(ports, asked.issueId, actor, (current, context) => {
    if (!current) return undefined;
    const allowed = [...owners, ...(current.exception ? [current.exception.ownerId] : [])];
    requireOneOf(allowed, asked.accountId, 'Only a governance owner or the owner may end an exception.', context);
    return end(current, asked.accountId, context);
  });
}
