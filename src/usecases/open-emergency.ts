import { parseInstant } from '../domain/instant';
import type { AccessRequest } from '../domain/request/access-request';
import { openEmergency as open } from '../domain/request/lifecycle/emergency';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';

/**
 * Opens a grant in an emergency, or registers access that was made while Jira or the target was down.
 * @throws Refusal when policy forbids it or the person has a part in the request
 */
export async function openEmergency(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs' | 'issues'>,
  asked: {
    readonly issueId: string;
    readonly accountId: string;
    readonly reason: string;
    readonly madeAt?: string;
  },
): Promise<AccessRequest | undefined> {
  const madeAt = asked.madeAt === undefined ? undefined : parseInstant(asked.madeAt);
  const person = await ports.issues.person(asked.accountId);
  const actor = { kind: 'person', accountId: asked.accountId } as const;
  return changeRequest(ports, asked.issueId, actor, (current, context) => {
    if (!current) return undefined;
    const named = person ? { ...current, names: { ...current.names, [asked.accountId]: person.displayName } } : current;
    return open(named, { by: asked.accountId, reason: asked.reason, ...(madeAt ? { madeAt } : {}) }, context);
  });
}
