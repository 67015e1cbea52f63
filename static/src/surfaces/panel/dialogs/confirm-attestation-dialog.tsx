import { useState } from 'react';
import { panelCalls } from '../../../bridge';
import { FormDialog } from '../../../parts/form-dialog';
import { useMoments } from '../../../parts/frame-context';
import { TextAreaField } from '../../../parts/text-area-field';
import { useCommand } from '../../../parts/use-command';
import { en, fill } from '../../../texts/en';
import { Witness } from '../attestation-notice';
import type { DialogProps } from './dialog-props';

/** The second person, who has looked too, confirms what the first one attested. */
export function ConfirmAttestationDialog({ request, done, close }: DialogProps) {
  const words = en.attestation.second;
  const command = useCommand();
  const moments = useMoments();
  const [statement, setStatement] = useState('');
  const [checked, setChecked] = useState(false);
  const { attestation } = request;
  const nothingSaid = statement.trim() === '';
  const submit = () => {
    setChecked(true);
    if (nothingSaid) return;
    void command.run('confirm', async () => {
      done(await panelCalls.confirmAttestation({ statement: statement.trim() }), words.done);
      return undefined;
    });
  };
  const values = {
    target: request.items[0]?.entitlement.target ?? '',
    when: attestation ? moments.dateTime(attestation.expiresAt) : '',
  };
  return (
    <FormDialog
      title={fill(words.title, { who: attestation?.by.name ?? en.common.somebody })}
      text={fill(request.state === 'cancelling' ? words.textCancel : words.text, values)}
      confirm={words.confirm}
      command={command}
      close={close}
      submit={submit}
    >
      {attestation && <Witness label={en.attestation.attested} witness={attestation} />}
      <TextAreaField
        label={words.statement}
        hint={words.statementHint}
        value={statement}
        onChange={setStatement}
        error={checked && nothingSaid ? en.advice['reason-required'] : undefined}
      />
    </FormDialog>
  );
}
