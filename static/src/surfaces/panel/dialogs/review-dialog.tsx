import { useState } from 'react';
import { panelCalls } from '../../../bridge';
import { FormDialog } from '../../../parts/form-dialog';
import { RadioGroup } from '../../../parts/radio-group';
import { TextAreaField } from '../../../parts/text-area-field';
import { useCommand } from '../../../parts/use-command';
import { en } from '../../../texts/en';
import type { DialogProps } from './dialog-props';

/** The review of an emergency: justified, or to be taken away at once. */
export function ReviewDialog({ request, done, close }: DialogProps) {
  const words = en.emergency.review;
  const command = useCommand();
  const [verdict, setVerdict] = useState<'accept' | 'reject'>();
  const [comment, setComment] = useState('');
  const [checked, setChecked] = useState(false);
  const noComment = comment.trim() === '';
  const submit = () => {
    setChecked(true);
    if (noComment || verdict === undefined) return;
    void command.run('review', async () => {
      const accepted = verdict === 'accept';
      const view = await panelCalls.reviewEmergency({ accepted, comment: comment.trim() });
      done(view, accepted ? words.accepted : words.rejected);
      return undefined;
    });
  };
  return (
    <FormDialog
      title={words.title}
      text={words.text}
      confirm={verdict === undefined ? words.open : verdict === 'accept' ? words.confirmAccept : words.confirmReject}
      danger={verdict === 'reject'}
      command={command}
      close={close}
      submit={submit}
    >
      {request.emergency && <p className="pg-said pg-foreign">{request.emergency.reason}</p>}
      <RadioGroup
        label={words.verdict}
        value={verdict}
        options={[
          { value: 'accept', label: words.accept },
          { value: 'reject', label: words.reject },
        ]}
        onChange={setVerdict}
        error={checked && verdict === undefined ? words.verdictMissing : undefined}
      />
      <TextAreaField
        label={words.comment}
        hint={words.commentHint}
        value={comment}
        onChange={setComment}
        error={checked && noComment ? en.advice['reason-required'] : undefined}
      />
    </FormDialog>
  );
}
