import { useState } from 'react';
import { panelCalls } from '../../../bridge';
import { FormDialog } from '../../../parts/form-dialog';
import { MomentField } from '../../../parts/moment-field';
import { TextAreaField } from '../../../parts/text-area-field';
import { ToggleField } from '../../../parts/toggle-field';
import { useCommand } from '../../../parts/use-command';
import { en } from '../../../texts/en';
import type { DialogProps } from './dialog-props';

/** Opens a grant in an emergency, or registers one that was made while Jira or the target was down. */
export function EmergencyDialog({ now, done, close }: DialogProps) {
  const words = en.emergency.open;
  const command = useCommand();
  const [reason, setReason] = useState('');
  const [already, setAlready] = useState(false);
  const [madeAt, setMadeAt] = useState<string>();
  const [checked, setChecked] = useState(false);
  const noReason = reason.trim() === '';
  const badMoment = already && (madeAt === undefined || Date.parse(madeAt) > now);
  const submit = () => {
    setChecked(true);
    if (noReason || badMoment) return;
    void command.run('emergency', async () => {
      const view = await panelCalls.openEmergency({
        reason: reason.trim(),
        ...(already && madeAt ? { madeAt } : {}),
      });
      done(view, words.done);
      return undefined;
    });
  };
  return (
    <FormDialog
      title={words.title}
      text={words.text}
      confirm={words.confirm}
      danger
      command={command}
      close={close}
      submit={submit}
    >
      <TextAreaField
        label={words.why}
        value={reason}
        onChange={setReason}
        error={checked && noReason ? en.advice['reason-required'] : undefined}
      />
      <ToggleField label={words.already} hint={words.alreadyHint} on={already} onChange={setAlready} />
      {already && (
        <MomentField
          label={words.madeAt}
          value={madeAt}
          onChange={setMadeAt}
          error={checked && badMoment ? words.madeMissing : undefined}
        />
      )}
    </FormDialog>
  );
}
