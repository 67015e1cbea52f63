import { useState } from 'react';
import { panelCalls } from '../../../bridge';
import { FormDialog } from '../../../parts/form-dialog';
import { MomentField } from '../../../parts/moment-field';
import { TextAreaField } from '../../../parts/text-area-field';
import { useCommand } from '../../../parts/use-command';
import { en } from '../../../texts/en';
import type { DialogProps } from './dialog-props';

/** Marks a removal as that of something compromised, from when it became known. */
export function CompromisedDialog({ now, done, close }: DialogProps) {
  const words = en.compromise;
  const command = useCommand();
  const [notifiedAt, setNotifiedAt] = useState<string | undefined>(() => new Date(now).toISOString());
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const noReason = reason.trim() === '';
  const badMoment = notifiedAt === undefined || Date.parse(notifiedAt) > now;
  const submit = () => {
    setChecked(true);
    if (noReason || badMoment) return;
    void command.run('compromised', async () => {
      done(await panelCalls.markCompromised({ notifiedAt, reason: reason.trim() }), words.done);
      return undefined;
    });
  };
  return (
    <FormDialog
      title={words.dialogTitle}
      text={words.dialogText}
      confirm={words.confirm}
      danger
      command={command}
      close={close}
      submit={submit}
    >
      <MomentField
        label={words.notifiedAt}
        value={notifiedAt}
        onChange={setNotifiedAt}
        error={checked && badMoment ? words.whenMissing : undefined}
      />
      <TextAreaField
        label={words.why}
        value={reason}
        onChange={setReason}
        error={checked && noReason ? en.advice['reason-required'] : undefined}
      />
    </FormDialog>
  );
}
