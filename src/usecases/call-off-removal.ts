import type { AccessRequest } from '../domain/request/access-request';
import { callOffRemoval as callOff } from '../domain/request/lifecycle/act';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';
import { governanceOwners, requireOneOf } from './steps/require-governance';

/**
 * The governance owner decides that a removal is not carried out. *Cancel* is then possible for a day; the access that
 * stays is a discrepancy.
 * @throws Refusal when the person is no governance owner, is part of the request, or gives no reason
 */
export async function callOffRemoval(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs' | 'configuration'>,
  asked: { readonly issueId: string; readonly accountId: string; readonly reason: string },
): Promise<AccessRequest | undefined> {
  const owners = await governanceOwners(ports);
  const actor = { kind: 'person', accountId: asked.accountId } as const;
  return changeRequest(ports, asked.issueId, actor, (current, context) => {
    if (!current) return undefined;
    requireOneOf(owners, asked.accountId, 'Only a governance owner may call a removal off.', context);
    return callOff(current, asked.accountId, asked.reason, context);
  });
}
