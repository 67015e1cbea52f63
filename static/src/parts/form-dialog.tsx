import Button from '@atlaskit/button/new';
import type { ReactNode } from 'react';
import { en } from '../texts/en';
import { Dialog } from './dialog';
import { FailedCall } from './failed-call';
import type { Command } from './use-command';

const marked = '.pg-field:has(.pg-field-error) :is(input, textarea, select)';

interface Props {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly command: Command;
  readonly close: () => void;
  readonly submit: () => void;
  readonly children?: ReactNode;
}

/** A dialog that asks for something and sends it. When that fails it stays open with everything that was typed. */
export function FormDialog({ title, text, confirm, danger, command, close, submit, children }: Props) {
  const busy = command.busy !== undefined;
  return (
    <Dialog title={title} close={close} busy={busy}>
      <form
        className="pg-dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          submit();
          // Once the marks are drawn: the first field that has one.
          requestAnimationFrame(() => form.querySelector<HTMLElement>(marked)?.focus());
        }}
      >
        <p>{text}</p>
        {children}
        {command.failed && <FailedCall error={command.failed.error} at={command.failed.at} urgent />}
        <div className="pg-dialog-foot">
          <Button appearance="subtle" onClick={close} isDisabled={busy}>
            {en.common.cancel}
          </Button>
          <Button type="submit" appearance={danger ? 'danger' : 'primary'} isLoading={busy}>
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
