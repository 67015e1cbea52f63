import { useState } from 'react';
import { panelCalls } from '../../../bridge';
import { FormDialog } from '../../../parts/form-dialog';
import { MomentField } from '../../../parts/moment-field';
import { TextAreaField } from '../../../parts/text-area-field';
import { TextLineField } from '../../../parts/text-line-field';
import { useCommand } from '../../../parts/use-command';
import { en, fill } from '../../../texts/en';
import type { DialogProps } from './dialog-props';

/** The first of two people says what is in a target that nothing can read, who answers for it, and until when. */
export function AttestDialog({ request, now, done, close }: DialogProps) {
  const words = en.attestation.first;
  const command = useCommand();
  const [statement, setStatement] = useState('');
  const [owner, setOwner] = useState('');
  const [expiresAt, setExpiresAt] = useState<string>();
  const [checked, setChecked] = useState(false);
  const target = request.items[0]?.entitlement.target ?? '';
  const nothingSaid = statement.trim() === '';
  const noOwner = owner.trim() === '';
  const badEnd = expiresAt === undefined || Date.parse(expiresAt) <= now;
  const submit = () => {
    setChecked(true);
    if (nothingSaid || noOwner || badEnd) return;
    void command.run('attest', async () => {
      const said = { statement: statement.trim(), ownerAccountId: owner.trim(), expiresAt };
      done(await panelCalls.attest(said), words.done);
      return undefined;
    });
  };
  return (
    <FormDialog
      title={words.title}
      text={fill(request.state === 'cancelling' ? words.textCancel : words.text, { target })}
      confirm={words.confirm}
      command={command}
      close={close}
      submit={submit}
    >
      <TextAreaField
        label={words.statement}
        hint={words.statementHint}
        value={statement}
        onChange={setStatement}
        error={checked && nothingSaid ? en.advice['reason-required'] : undefined}
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
