import type { AccessRequest } from '../domain/request/access-request';
import { resolveWhenProven as set } from '../domain/request/lifecycle/act';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';

/** Switches on (or off) that the app resolves the request by itself once the target proves it. */
export function resolveWhenProven(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs'>,
  asked: { readonly issueId: string; readonly accountId: string; readonly on: boolean },
): Promise<AccessRequest | undefined> {
  const actor = { kind: 'person', accountId: asked.accountId } as const;
  return changeRequest(
    ports,
    asked.issueId,
    actor,
    (current, context) => current && set(current, asked.accountId, asked.on, context),
  );
}
