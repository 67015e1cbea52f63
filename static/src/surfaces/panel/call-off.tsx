import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { RequestView } from '../../../../src/contract/request-view';
import { panelCalls } from '../../bridge';
import { FailedCall } from '../../parts/failed-call';
import { Notice } from '../../parts/notice';
import { TextAreaField } from '../../parts/text-area-field';
import { useCommand } from '../../parts/use-command';
import { en } from '../../texts/en';

/** The governance owner's way to say that a removal is not carried out. */
export function CallOff({ put }: { put: (view: RequestView) => void }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const command = useCommand();
  const confirm = async () => {
    const text = reason.trim();
    setMissing(text === '');
    if (text === '') return;
    const error = await command.run('call-off', async () => {
      put(await panelCalls.callOffRemoval({ reason: text }));
      return en.callOff.done;
    });
    if (!error) setOpen(false);
  };
  if (command.told) {
    return (
      <Notice tone="warning" urgent>
        <p>{command.told}</p>
      </Notice>
    );
  }
  if (!open) {
    return (
      <div>
        <Button onClick={() => setOpen(true)}>{en.callOff.open}</Button>
      </div>
    );
  }
  return (
    <section className="pg-card" aria-labelledby="pg-call-off">
      <h2 id="pg-call-off" className="pg-h3">
        {en.callOff.title}
      </h2>
      <p>{en.callOff.text}</p>
      <TextAreaField
        label={en.callOff.reason}
        value={reason}
        onChange={setReason}
        error={missing ? en.advice['reason-required'] : undefined}
      />
      {command.failed && <FailedCall error={command.failed.error} at={command.failed.at} urgent />}
      <div className="pg-actions">
        <Button appearance="danger" isLoading={command.busy !== undefined} onClick={() => void confirm()}>
          {en.callOff.confirm}
        </Button>
        <Button appearance="subtle" onClick={() => setOpen(false)}>
          {en.common.cancel}
        </Button>
      </div>
    </section>
  );
}
