import type { Policy } from '../../domain/policy/policy';
import type { AccessRequest } from '../../domain/request/access-request';
import { Refusal, type Context } from '../../domain/request/lifecycle/outcome';
import type { Ports } from '../ports';

/** Who owns governance now: asked at every use, because the people change. */
export async function governanceOwners(ports: Pick<Ports, 'configuration'>): Promise<readonly string[]> {
  return (await ports.configuration.get('policy', 'current'))?.value.governanceOwnerIds ?? [];
}

/** Refuses whoever is none of these people. The attempt stands in the audit chain. */
export function requireOneOf(people: readonly string[], accountId: string, text: string, context: Context): void {
  if (people.includes(accountId)) return;
  throw new Refusal('not-governance-owner', text, [
    { fact: 'refused', code: 'not-governance-owner', by: context.ref(accountId) },
  ]);
}

/** Who may review an emergency: governance, privileged-access owners and those whom policy would have asked. */
export function emergencyReviewers(
  policy: Policy | undefined,
  request: Pick<AccessRequest, 'stages'>,
): readonly string[] {
  const asked = request.stages.flatMap((stage) => stage.approvers);
  return [...new Set([...(policy?.governanceOwnerIds ?? []), ...(policy?.privilegedOwnerIds ?? []), ...asked])];
}
