import type { ItemView } from '../../../../src/contract/request-view';
import { ForeignText } from '../../parts/foreign-text';
import { useMoments } from '../../parts/frame-context';
import { Phrase } from '../../parts/phrase';
import { RiskMark } from '../../parts/risk-mark';
import { en, fill } from '../../texts/en';

/** "Rita Rees gets Finance Approvers (sensitive) in SCIM directory, until 31 Jan 2027". */
export function Headline({ item }: { item: ItemView }) {
  const moments = useMoments();
  const kind = en.identityKinds[item.identity.kind];
  const end = item.endsAt
    ? fill(en.headline.until, {
        end:
          moments.date(item.endsAt) === moments.date(item.startsAt ?? '') || item.duration
            ? moments.dateTime(item.endsAt)
            : moments.date(item.endsAt),
      })
    : '';
  const lasting =
    !item.endsAt && item.duration ? fill(en.headline.forDuration, { duration: moments.duration(item.duration) }) : '';
  const start = item.startsAt ? fill(en.headline.from, { start: moments.date(item.startsAt) }) : '';
  return (
    <span className="pg-headline">
      <Phrase
        text={en.headline[item.change]}
        values={{
          who: (
            <>
              <ForeignText strong>{item.identity.name}</ForeignText>
              {kind && ` (${kind})`}
            </>
          ),
          what: (
            <>
              <ForeignText strong>{item.entitlement.name}</ForeignText> <RiskMark risk={item.entitlement.risk} />
            </>
          ),
          target: <ForeignText>{item.entitlement.target}</ForeignText>,
        }}
      />
      <span className="pg-regular">
        {start}
        {end}
        {lasting}
      </span>
    </span>
  );
}
