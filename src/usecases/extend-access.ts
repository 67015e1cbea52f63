import { parseInstant } from '../domain/instant';
import type { AccessRequest } from '../domain/request/access-request';
import { extend } from '../domain/request/lifecycle/hold';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';

/** Asks for access to go on: a new request with its own approval, for whoever asked for the access or holds it. */
export function extendAccess(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs'>,
  asked: {
    readonly issueId: string;
    readonly accountId: string;
    readonly item?: string;
    readonly end?: string;
    readonly duration?: string;
    readonly justification: string;
  },
): Promise<AccessRequest | undefined> {
  const end = asked.end === undefined ? undefined : parseInstant(asked.end);
  const actor = { kind: 'person', accountId: asked.accountId } as const;
  return changeRequest(ports, asked.issueId, actor, (current, context) =>
    current === undefined
      ? undefined
      : extend(
          current,
          asked.item ?? current.items[0]?.id ?? '',
          {
            by: asked.accountId,
            justification: asked.justification,
            ...(end ? { end } : {}),
            ...(asked.duration ? { duration: asked.duration } : {}),
          },
          context,
        ),
  );
}
