import { useState } from 'react';
import type { giveBackInput } from '../../../src/contract/inputs';
import type { Input } from '../bridge';
import { en } from '../texts/en';
import { ChoiceField } from './choice-field';
import type { HeldItem } from './extend-dialog';
import { FormDialog } from './form-dialog';
import { useCommand } from './use-command';

interface Props {
  readonly items: readonly HeldItem[];
  readonly giveBack: (input: Input<typeof giveBackInput>) => Promise<void>;
  readonly close: () => void;
}

/** Asks once more before access is given back. */
export function GiveBackDialog({ items, giveBack, close }: Props) {
  const words = en.ends.giveBack;
  const command = useCommand();
  const [item, setItem] = useState(items[0]?.id ?? '');
  return (
    <FormDialog
      title={words.title}
      text={words.text}
      confirm={words.confirm}
      danger
      command={command}
      close={close}
      submit={() =>
        void command.run('give-back', async () => {
          await giveBack(items.length > 1 ? { item } : {});
          return undefined;
        })
      }
    >
      {items.length > 1 && (
        <ChoiceField
          label={en.ends.extend.item}
          value={item}
          options={items.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setItem}
        />
      )}
    </FormDialog>
  );
}
