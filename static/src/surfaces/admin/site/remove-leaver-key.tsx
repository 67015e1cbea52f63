import type { SettingsView } from '../../../../../src/contract/settings-view';
import { adminCalls } from '../../../bridge';
import { FormDialog } from '../../../parts/form-dialog';
import { useCommand } from '../../../parts/use-command';
import { en, fill } from '../../../texts/en';
import type { Settings } from '../settings';

interface Props {
  readonly leaverKey: SettingsView['leaverKeys'][number];
  readonly settings: Settings;
  readonly close: () => void;
  readonly done: (text: string) => void;
}

/**
 * Asks before a key is removed. When somebody changed the key meanwhile, what is asked is shown as it is now, with the new
 * fingerprint, and has to be answered again.
 */
export function RemoveLeaverKey({ leaverKey, settings, close, done }: Props) {
  const words = en.admin.leavers;
  const command = useCommand();
  const { keyId, rev, fingerprint } = leaverKey;
  const remove = async () => {
    const error = await command.run('remove', async () => {
      await adminCalls.saveLeaverKey({ keyId, expectedRev: rev });
      return undefined;
    });
    // Closed before the settings come anew: without the key there would be nothing left to ask about.
    if (!error) done(fill(words.removed, { id: keyId }));
    if (!error || error.code === 'conflict') await settings.reload();
  };
  return (
    <FormDialog
      title={fill(words.confirm, { id: keyId })}
      text={fill(words.confirmText, { fingerprint })}
      confirm={words.yes}
      danger
      command={command}
      close={close}
      submit={() => void remove()}
    />
  );
}
