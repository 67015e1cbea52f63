import { useState } from 'react';
import type { ExceptionView } from '../../../../../src/contract/request-view';
import { panelCalls } from '../../../bridge';
import { FormDialog } from '../../../parts/form-dialog';
import { MomentField } from '../../../parts/moment-field';
import { RadioGroup } from '../../../parts/radio-group';
import { TextAreaField } from '../../../parts/text-area-field';
import { TextLineField } from '../../../parts/text-line-field';
import { useCommand } from '../../../parts/use-command';
import { en } from '../../../texts/en';
import type { DialogProps } from './dialog-props';

type Gate = ExceptionView['gate'];
const gates: readonly Gate[] = ['verification', 'approval'];

/** Grants an override of a gate, or renews the one there is. */
export function ExceptionDialog({
  request,
  now,
  done,
  close,
  renewed,
}: DialogProps & { readonly renewed?: ExceptionView }) {
  const words = en.exception.grant;
  const how = renewed ? en.exception.renew : words;
  const command = useCommand();
  const [gate, setGate] = useState<Gate>(
    renewed?.gate ?? (request.state === 'awaiting-approval' ? 'approval' : 'verification'),
  );
  const [reason, setReason] = useState('');
  const [owner, setOwner] = useState(renewed && !renewed.ownerMissing ? renewed.owner.accountId : '');
  const [expiresAt, setExpiresAt] = useState<string>();
  const [checked, setChecked] = useState(false);
  const noReason = reason.trim() === '';
  const noOwner = owner.trim() === '';
  const badEnd = expiresAt === undefined || Date.parse(expiresAt) <= now;
  const submit = () => {
    setChecked(true);
    if (noReason || noOwner || badEnd) return;
    void command.run('except', async () => {
      const view = await panelCalls.grantException({
        gate,
        reason: reason.trim(),
        ownerAccountId: owner.trim(),
        expiresAt,
        ...(renewed ? { renew: true } : {}),
      });
      done(view, how.done);
      return undefined;
    });
  };
  return (
    <FormDialog title={how.title} text={how.text} confirm={how.confirm} command={command} close={close} submit={submit}>
      {!renewed && (
        <RadioGroup
          label={words.gate}
          value={gate}
          options={gates.map((value) => ({ value, label: en.exception.gateChoices[value] }))}
          onChange={setGate}
        />
      )}
      <TextAreaField
        label={words.why}
        value={reason}
        onChange={setReason}
        error={checked && noReason ? en.advice['reason-required'] : undefined}
      />
      <TextLineField
        label={words.owner}
        hint={words.ownerHint}
        maxLength={128}
        value={owner}
        onChange={setOwner}
        error={checked && noOwner ? words.ownerMissing : undefined}
      />
      <MomentField
        label={words.end}
        value={expiresAt}
        onChange={setExpiresAt}
        error={checked && badEnd ? words.endMissing : undefined}
      />
    </FormDialog>
  );
}
