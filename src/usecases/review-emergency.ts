import type { AccessRequest } from '../domain/request/access-request';
import { reviewEmergency as review } from '../domain/request/lifecycle/emergency';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';
import { emergencyReviewers, requireOneOf } from './steps/require-governance';

/** Reviews an emergency, by governance or one of those whom policy would have asked. A rejection has the access removed. */
export async function reviewEmergency(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs' | 'configuration' | 'issues'>,
  asked: { readonly issueId: string; readonly accountId: string; readonly accepted: boolean; readonly comment: string },
): Promise<AccessRequest | undefined> {
  const request = await ports.requests.get(asked.issueId);
  if (!request) return undefined;
  const policy = (await ports.configuration.get('policy', 'current'))?.value;
  const reviewers = emergencyReviewers(policy, request);
  const person = await ports.issues.person(asked.accountId);
  const actor = { kind: 'person', accountId: asked.accountId } as const;
  return changeRequest(ports, asked.issueId, actor, (current, context) => {
    if (!current) return undefined;
    const text = 'An emergency is reviewed by a governance owner or by somebody who would have approved it.';
    requireOneOf(reviewers, asked.accountId, text, context);
    const named = person ? { ...current, names: { ...current.names, [asked.accountId]: person.displayName } } : current;
    return review(named, { by: asked.accountId, accepted: asked.accepted, comment: asked.comment }, context);
  });
}
