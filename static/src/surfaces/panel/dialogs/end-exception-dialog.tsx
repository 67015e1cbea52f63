import { panelCalls } from '../../../bridge';
import { FormDialog } from '../../../parts/form-dialog';
import { useCommand } from '../../../parts/use-command';
import { en } from '../../../texts/en';
import type { DialogProps } from './dialog-props';

/** Asks once more before an override ends. */
export function EndExceptionDialog({ done, close }: DialogProps) {
  const words = en.exception.end;
  const command = useCommand();
  return (
    <FormDialog
      title={words.title}
      text={words.text}
      confirm={words.confirm}
      danger
      command={command}
      close={close}
      submit={() =>
        void command.run('end-exception', async () => {
          done(await panelCalls.endException(), words.done);
          return undefined;
        })
      }
    />
  );
}
