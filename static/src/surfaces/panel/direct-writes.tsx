import Button from '@atlaskit/button/new';
import type { DirectView, ItemView, RequestView } from '../../../../src/contract/request-view';
import { panelCalls } from '../../bridge';
import { FailedCall } from '../../parts/failed-call';
import { ForeignText } from '../../parts/foreign-text';
import { useMoments } from '../../parts/frame-context';
import { Notice } from '../../parts/notice';
import { Phrase } from '../../parts/phrase';
import { isOver } from '../../parts/request-state';
import type { Command } from '../../parts/use-command';
import { en, fill } from '../../texts/en';
import { directTold } from './direct-told';

interface Props {
  readonly request: RequestView;
  readonly now: number;
  readonly command: Command;
  readonly put: (view: RequestView) => void;
}

/** How far Proofgate is with the changes that it makes itself, why not, and who does what about it. */
export function DirectWrites({ request, now, command, put }: Props) {
  const moments = useMoments();
  const items = request.items.filter((item) => item.direct !== undefined);
  if (items.length === 0) return null;
  const over = isOver(request.state);
  const again = () =>
    command.run('again', async () => {
      put(await panelCalls.tryAgain());
      return en.direct.againDone;
    });
  // One button tries everything again that can be: it stands where the first of it is told.
  const stuck = request.may.tryAgain ? items.find(({ direct }) => direct?.why !== undefined) : undefined;
  const actions = stuck && (
    <>
      <Button onClick={() => void again()} isLoading={command.busy === 'again'}>
        {en.direct.again}
      </Button>
      <span className="pg-hint pg-foreign">{fill(en.direct.againHint, { target: stuck.entitlement.target })}</span>
    </>
  );
  return (
    <section className="pg-direct" aria-label={en.direct.label}>
      {items.map((item) => {
        const direct = item.direct as DirectView;
        const told = directTold(item, direct, { over, now, moments, titled: request.items.length > 1 });
        if (!told) return null;
        const stopped = direct.state === 'handed-over' && !over;
        return (
          <Notice
            key={item.id}
            tone={told.tone}
            title={<ForeignText>{told.title}</ForeignText>}
            actions={item === stuck && actions}
          >
            {told.text && <p className="pg-foreign">{told.text}</p>}
            {stopped && direct.noSeat && <NoSeat item={item} noSeat={direct.noSeat} />}
            {stopped && <ByHand item={item} />}
          </Notice>
        );
      })}
      {command.busy === undefined && command.failed && (
        <FailedCall error={command.failed.error} at={command.failed.at} urgent />
      )}
    </section>
  );
}

function NoSeat({ item, noSeat }: { item: ItemView; noSeat: NonNullable<DirectView['noSeat']> }) {
  const words = en.direct;
  return (
    <>
      <p className="pg-strong">
        {noSeat.owner ? (
          <Phrase text={words.noSeatOwner} values={{ who: <ForeignText>{noSeat.owner.name}</ForeignText> }} />
        ) : (
          <ForeignText>{fill(words.noSeatNobody, { target: item.entitlement.target })}</ForeignText>
        )}
      </p>
      <p>{words.noSeatThen}</p>
    </>
  );
}

/** The entry's own instructions: what a person does when the app does not. */
function ByHand({ item }: { item: ItemView }) {
  const words = en.direct;
  const { instructions, target } = item.entitlement;
  if (!instructions) return <p className="pg-foreign">{fill(words.givenNoInstructions, { target })}</p>;
  return (
    <>
      <p className="pg-strong pg-foreign">{fill(words.givenDo, { target })}</p>
      <p className="pg-lines pg-foreign">{instructions}</p>
      <p className="pg-foreign">{fill(words.givenThen, { target })}</p>
    </>
  );
}
