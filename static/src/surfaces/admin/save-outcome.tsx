import Button from '@atlaskit/button/new';
import { FailedCall } from '../../parts/failed-call';
import { Notice } from '../../parts/notice';
import type { Command } from '../../parts/use-command';
import { en } from '../../texts/en';

/** How saving ended when it did not work; a conflict offers the other person's version. */
export function SaveOutcome({ command, loadTheirs }: { command: Command; loadTheirs: () => void }) {
  if (!command.failed) return null;
  const { error, at } = command.failed;
  if (error.code !== 'conflict') return <FailedCall error={error} at={at} urgent />;
  return (
    <Notice
      tone="warning"
      urgent
      title={en.admin.conflictTitle}
      actions={<Button onClick={loadTheirs}>{en.admin.conflictLoad}</Button>}
    >
      <p>{en.admin.conflictText}</p>
    </Notice>
  );
}
