import Button from '@atlaskit/button/new';
import type { RequestView } from '../../../../src/contract/request-view';
import { HoldingFacts } from '../../parts/holding-facts';
import { en, fill } from '../../texts/en';
import type { DialogName } from './dialogs/dialog-props';

interface Props {
  readonly request: RequestView;
  readonly now: number;
  readonly open: (dialog: DialogName) => void;
}

/** The access that is held, when it ends and what follows, and the two ways to change that. */
export function Ends({ request, now, open }: Props) {
  const words = en.ends;
  const held = request.items.filter((item) => item.holding !== undefined);
  if (held.length === 0) return null;
  return (
    <section className="pg-card" aria-labelledby="pg-ends">
      <h2 id="pg-ends" className="pg-h3">
        {words.title}
      </h2>
      {held.map(
        (item) =>
          item.holding && (
            <div key={item.id}>
              {held.length > 1 && (
                <h3 className="pg-h4 pg-foreign">{fill(words.titleItem, { what: item.entitlement.name })}</h3>
              )}
              <HoldingFacts holding={item.holding} now={now} />
            </div>
          ),
      )}
      {(request.may.extend || request.may.giveBack) && (
        <div className="pg-actions">
          {request.may.extend && <Button onClick={() => open('extend')}>{words.extend.open}</Button>}
          {request.may.giveBack && (
            <Button appearance="subtle" onClick={() => open('give-back')}>
              {words.giveBack.open}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
