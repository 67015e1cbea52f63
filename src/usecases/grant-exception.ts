import type { OverriddenGate } from '../domain/exception/exception';
import { parseInstant } from '../domain/instant';
import type { AccessRequest } from '../domain/request/access-request';
import { grantException as grant, renewException } from '../domain/request/lifecycle/except';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';
import { governanceOwners, requireOneOf } from './steps/require-governance';

/**
 * Overrides a gate of a request for a time, or renews the exception there is. Only governance owners may, and none who
 * has a part in the request.
 * @throws Refusal when the person, the owner, the reason or the end is not acceptable
 */
export async function grantException(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs' | 'configuration' | 'issues'>,
  asked: {
    readonly issueId: string;
    readonly accountId: string;
    readonly gate: OverriddenGate;
    readonly reason: string;
    readonly ownerAccountId: string;
    readonly expiresAt: string;
    readonly renew: boolean;
  },
): Promise<AccessRequest | undefined> {
  const owners = await governanceOwners(ports);
  const owner = await ports.issues.person(asked.ownerAccountId);
  const issue = await ports.issues.read(asked.issueId);
  const exception = {
    by: asked.accountId,
    gate: asked.gate,
    reason: asked.reason,
    ownerId: asked.ownerAccountId,
    expiresAt: parseInstant(asked.expiresAt) ?? '',
    ownerActive: owner?.active === true && !owner.isApp,
    ...(issue?.assigneeId ? { assigneeId: issue.assigneeId } : {}),
  };
  const actor = { kind: 'person', accountId: asked.accountId } as const;
  return changeRequest(ports, asked.issueId, actor, (current, context) => {
    if (!current) return undefined;
    requireOneOf(owners, asked.accountId, 'Only a governance owner may grant an exception.', context);
    const named = owner
      ? { ...current, names: { ...current.names, [asked.ownerAccountId]: owner.displayName } }
      : current;
    return asked.renew ? renewException(named, exception, context) : grant(named, exception, context);
  });
}
