import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { RequestView } from '../../../../src/contract/request-view';
import { panelCalls } from '../../bridge';
import { FailedCall } from '../../parts/failed-call';
import { useCommand } from '../../parts/use-command';
import { en } from '../../texts/en';

interface Props {
  readonly lapsed: boolean;
  readonly put: (view: RequestView) => void;
}

/** Asks the approvers of today again. Answers given before stop to count, so it is asked twice. */
export function AskAnew({ lapsed, put }: Props) {
  const [sure, setSure] = useState(lapsed);
  const command = useCommand();
  const ask = () =>
    command.run('ask-anew', async () => {
      put(await panelCalls.askAnew());
      return undefined;
    });
  if (!sure) {
    return (
      <div>
        <Button appearance="subtle" onClick={() => setSure(true)}>
          {en.askAnew.open}
        </Button>
      </div>
    );
  }
  return (
    <section className="pg-card" aria-label={en.askAnew.open}>
      <p>{lapsed ? en.askAnew.lapsed : en.askAnew.text}</p>
      {command.failed && <FailedCall error={command.failed.error} at={command.failed.at} urgent />}
      <div className="pg-actions">
        <Button
          appearance={lapsed ? 'primary' : 'default'}
          isLoading={command.busy !== undefined}
          onClick={() => void ask()}
        >
          {en.askAnew.open}
        </Button>
        {!lapsed && (
          <Button appearance="subtle" onClick={() => setSure(false)}>
            {en.common.cancel}
          </Button>
        )}
      </div>
    </section>
  );
}
