import type { AccessRequest } from '../domain/request/access-request';
import { reportFulfilment as report } from '../domain/request/lifecycle/act';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';

/** A person says the change is made in the target. From now on a contradiction is *not yet* until the grace is over. */
export function reportFulfilment(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs'>,
  asked: { readonly issueId: string; readonly accountId: string },
): Promise<AccessRequest | undefined> {
  return changeRequest(
    ports,
    asked.issueId,
    { kind: 'person', accountId: asked.accountId },
    (current, context) => current && report(current, asked.accountId, context),
  );
}
