import { useState } from 'react';
import type { extendInput } from '../../../src/contract/inputs';
import type { Input } from '../bridge';
import { en, fill } from '../texts/en';
import { useMoments } from './frame-context';
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
  readonly since?: string;
  readonly endsAt?: string;
}

interface Props {
  /** More than one: it is asked which. None named: the request has one only. */
  readonly items: readonly HeldItem[];
  readonly now: number;
  readonly extend: (input: Input<typeof extendInput>) => Promise<void>;
  readonly close: () => void;
}

type How = 'little' | 'some' | 'much' | 'until' | 'other';
type Preset = Exclude<How, 'until' | 'other'>;

const presets: readonly Preset[] = ['little', 'some', 'much'];
const isPreset = (how: How): how is Preset => how !== 'until' && how !== 'other';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** What lasts two days or less is extended by hours. */
const shortMs = 2 * dayMs;
const hours: Readonly<Record<Preset, number>> = { little: 2, some: 4, much: 8 };
const days: Readonly<Record<Preset, number>> = { little: 7, some: 30, much: 90 };

/** Asks for more time: until a date, or for a length of time. */
export function ExtendDialog({ items, now, extend, close }: Props) {
  const words = en.ends.extend;
  const moments = useMoments();
  const command = useCommand();
  const [item, setItem] = useState(items[0]?.id ?? '');
  const held = items.find(({ id }) => id === item);
  const before = held?.endsAt;
  const short = before !== undefined && Date.parse(before) - Date.parse(held?.since ?? '') <= shortMs;
  const [chosen, setHow] = useState<How>('some');
  const how = before === undefined && isPreset(chosen) ? 'until' : chosen;
  const [end, setEnd] = useState<string>();
  const [length, setLength] = useState<string>();
  const [why, setWhy] = useState('');
  const [checked, setChecked] = useState(false);
  /** So long after today's end; days keep the time of the day. */
  const later = (preset: Preset): string | undefined => {
    if (before === undefined || Number.isNaN(Date.parse(before))) return undefined;
    if (short) return new Date(Date.parse(before) + hours[preset] * hourMs).toISOString();
    const wall = Date.parse(`${moments.wall(before)}:00.000Z`) + days[preset] * dayMs;
    return moments.instant(new Date(wall).toISOString().slice(0, 16));
  };
  const inWords = (preset: Preset) => {
    const until = later(preset) ?? '';
    return short
      ? fill(words.moreHours, { n: hours[preset], end: moments.dateTime(until) })
      : fill(words.moreDays, { n: days[preset], end: moments.date(until) });
  };
  const newEnd = how === 'until' ? end : isPreset(how) ? later(how) : undefined;
  const badEnd =
    how !== 'other' && (newEnd === undefined || Date.parse(newEnd) <= Math.max(now, Date.parse(before ?? '') || 0));
  const badLength = how === 'other' && length === undefined;
  const noReason = why.trim() === '';
  const submit = () => {
    setChecked(true);
    if (badEnd || badLength || noReason) return;
    void command.run('extend', async () => {
      await extend({
        ...(items.length > 1 ? { item } : {}),
        ...(how === 'other' ? { duration: length } : { end: newEnd }),
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
        options={[
          ...(before === undefined ? [] : presets).map((value) => ({ value, label: inWords(value) })),
          { value: 'until' as const, label: words.until },
          { value: 'other' as const, label: words.forTime },
        ]}
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
