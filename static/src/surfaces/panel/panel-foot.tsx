import Button from '@atlaskit/button/new';
import { useMoments } from '../../parts/frame-context';
import { en, fill } from '../../texts/en';

interface Props {
  readonly madeAt: string;
  readonly now: number;
  readonly refreshing: boolean;
  readonly refresh: () => void;
  readonly historyShown: boolean;
  readonly toggleHistory: () => void;
}

/** How old the screen is, and the way to what happened before. */
export function PanelFoot({ madeAt, now, refreshing, refresh, historyShown, toggleHistory }: Props) {
  const moments = useMoments();
  return (
    <footer className="pg-foot">
      <Button appearance="subtle" spacing="compact" onClick={toggleHistory} aria-expanded={historyShown}>
        {historyShown ? en.history.hide : en.history.show}
      </Button>
      <span className="pg-foot-end">
        <span className="pg-hint">{fill(en.common.asOf, { time: moments.clock(madeAt, now) })}</span>
        <Button appearance="subtle" spacing="compact" onClick={refresh} isDisabled={refreshing}>
          {refreshing ? en.common.refreshing : en.common.refresh}
        </Button>
      </span>
    </footer>
  );
}
