import type { AccessRequest } from '../domain/request/access-request';
import { giveBack } from '../domain/request/lifecycle/hold';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';

/** Gives access back now: its removal is raised at once, and verified like any other. */
export function giveBackAccess(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs'>,
  asked: { readonly issueId: string; readonly accountId: string; readonly item?: string },
): Promise<AccessRequest | undefined> {
  const actor = { kind: 'person', accountId: asked.accountId } as const;
  return changeRequest(
    ports,
    asked.issueId,
    actor,
    (current, context) =>
      current && giveBack(current, asked.item ?? current.items[0]?.id ?? '', asked.accountId, context),
  );
}
