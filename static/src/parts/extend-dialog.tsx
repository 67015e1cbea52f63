import { useState } from 'react';
import type { extendInput } from '../../../src/contract/inputs';
import type { Input } from '../bridge';
import { en } from '../texts/en';
import { ChoiceField } from './choice-field';
import { DurationField } from './duration-field';
import { FormDialog } from './form-dialog';
import { MomentField } from './moment-field';
import { RadioGroup } from './radio-group';
import { TextAreaField } from './text-area-field';
import { useCommand } from './use-command';

/** Access that can be extended or given back. */
export interface HeldItem {
  readonly id: string;
  readonly name: string;
  readonly endsAt?: string;
}

interface Props {
  /** More than one: it is asked which. None named: the request has one only. */
  readonly items: readonly HeldItem[];
  readonly now: number;
  readonly extend: (input: Input<typeof extendInput>) => Promise<void>;
  readonly close: () => void;
}

type How = 'P7D' | 'P30D' | 'P90D' | 'other' | 'until';

const hows: readonly How[] = ['P7D', 'P30D', 'P90D', 'other', 'until'];

/** Asks for more time: until a date, or for a length of time. */
export function ExtendDialog({ items, now, extend, close }: Props) {
  const words = en.ends.extend;
  const command = useCommand();
  const [item, setItem] = useState(items[0]?.id ?? '');
  const [how, setHow] = useState<How>('P30D');
  const [end, setEnd] = useState<string>();
  const [length, setLength] = useState<string>();
  const [why, setWhy] = useState('');
  const [checked, setChecked] = useState(false);
  const before = items.find(({ id }) => id === item)?.endsAt;
  const badEnd =
    how === 'until' && (end === undefined || Date.parse(end) <= Math.max(now, Date.parse(before ?? '') || 0));
  const badLength = how === 'other' && length === undefined;
  const noReason = why.trim() === '';
  const submit = () => {
    setChecked(true);
    if (badEnd || badLength || noReason) return;
    void command.run('extend', async () => {
      await extend({
        ...(items.length > 1 ? { item } : {}),
        ...(how === 'until' ? { end } : { duration: how === 'other' ? length : how }),
        justification: why.trim(),
      });
      return undefined;
    });
  };
  return (
    <FormDialog
      title={words.title}
      text={words.text}
      confirm={words.confirm}
      command={command}
      close={close}
      submit={submit}
    >
      {items.length > 1 && (
        <ChoiceField
          label={words.item}
          value={item}
          options={items.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setItem}
        />
      )}
      <RadioGroup
        label={words.how}
        value={how}
        options={hows.map((value) => ({ value, label: value === 'until' ? words.until : words.presets[value] }))}
        onChange={setHow}
      />
      {how === 'other' && (
        <DurationField
          label={words.length}
          required
          value={length}
          onChange={setLength}
          error={checked && badLength ? words.lengthMissing : undefined}
        />
      )}
      {how === 'until' && (
        <MomentField
          label={words.end}
          value={end}
          onChange={setEnd}
          error={checked && badEnd ? words.endMissing : undefined}
        />
      )}
      <TextAreaField
        label={words.why}
        value={why}
        onChange={setWhy}
        error={checked && noReason ? en.advice['reason-required'] : undefined}
      />
    </FormDialog>
  );
}
