import type { ItemView, RequestView } from '../../../../src/contract/request-view';
import { useMoments } from '../../parts/frame-context';
import { Notice } from '../../parts/notice';
import { en, fill } from '../../texts/en';

type Kind = 'pre-existing' | 'access-before-approval' | 'nothing-to-remove';

/** What was in the target before the decision, where that is worth knowing. It never blocks. */
export function BaselineNotices({ request, now }: { request: RequestView; now: number }) {
  const moments = useMoments();
  return (
    <>
      {request.items.map((item) => {
        const kind = worthKnowing(item);
        if (!kind) return null;
        const values = {
          who: item.identity.name,
          what: item.entitlement.name,
          target: item.entitlement.target,
          when: item.baseline.at ? moments.clock(item.baseline.at, now) : '',
        };
        return (
          <Notice
            key={item.id}
            tone={kind === 'access-before-approval' ? 'warning' : 'information'}
            title={<span className="pg-foreign">{fill(en.baseline[kind], values)}</span>}
          >
            <p className="pg-foreign">{fill(en.baseline[`${kind}-text`], values)}</p>
          </Notice>
        );
      })}
    </>
  );
}

function worthKnowing(item: ItemView): Kind | undefined {
  const { kind } = item.baseline;
  if (item.change === 'revoke') return kind === 'absent' ? 'nothing-to-remove' : undefined;
  return kind === 'pre-existing' || kind === 'access-before-approval' ? kind : undefined;
}
