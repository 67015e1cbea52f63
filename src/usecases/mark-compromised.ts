import { parseInstant } from '../domain/instant';
import type { AccessRequest } from '../domain/request/access-request';
import { markCompromised as mark } from '../domain/request/lifecycle/act';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';

/** Marks a removal as the removal of something that is in wrong hands: its clock runs from the notification. */
export function markCompromised(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs'>,
  asked: { readonly issueId: string; readonly accountId: string; readonly notifiedAt: string; readonly reason: string },
): Promise<AccessRequest | undefined> {
  const actor = { kind: 'person', accountId: asked.accountId } as const;
  const notifiedAt = parseInstant(asked.notifiedAt) ?? '9999';
  return changeRequest(
    ports,
    asked.issueId,
    actor,
    (current, context) => current && mark(current, { by: asked.accountId, notifiedAt, reason: asked.reason }, context),
  );
}
