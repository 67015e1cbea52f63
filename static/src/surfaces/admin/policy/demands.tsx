import type { SettingsView } from '../../../../../src/contract/settings-view';
import { ChoiceField } from '../../../parts/choice-field';
import { Disclosure } from '../../../parts/disclosure';
import { DurationField } from '../../../parts/duration-field';
import { TextLineField } from '../../../parts/text-line-field';
import { en, fill } from '../../../texts/en';
import type { RuleInput } from './policy-draft';

type Then = RuleInput['then'];
type DurationName =
  | 'approveWithin'
  | 'removeWithin'
  | 'compromisedWithin'
  | 'pauseAtMost'
  | 'revocationLead'
  | 'warnBefore'
  | 'exceptionAtMost'
  | 'emergencyAtMost'
  | 'reviewWithin'
  | 'registerWithin';
type CountName = 'extensionsAtMost' | 'renewalsAtMost';
type Group = keyof typeof en.admin.demands.groups;

const members: Readonly<Record<Group, ReadonlyArray<keyof Then>>> = {
  clocks: ['approveWithin', 'removeWithin', 'calendar', 'pauseAtMost', 'ladder'],
  ends: ['revocationLead', 'warnBefore', 'extensionsAtMost'],
  exceptions: ['exceptionAtMost', 'renewalsAtMost'],
  emergency: ['emergencyAtMost', 'reviewWithin', 'registerWithin', 'compromisedWithin'],
};

/** What a rule demands of time, in groups that are opened when they are needed. */
export function Demands({
  then,
  change,
  settings,
}: {
  then: Then;
  change: (change: Partial<Then>) => void;
  settings: SettingsView;
}) {
  const words = en.admin.demands;
  const lasting = (name: DurationName, hint?: string) => (
    <DurationField label={words[name]} hint={hint} value={then[name]} onChange={(value) => change({ [name]: value })} />
  );
  const counted = (name: CountName) => (
    <TextLineField
      label={words[name]}
      type="number"
      optional
      value={then[name] === undefined ? '' : String(then[name])}
      onChange={(text) => change({ [name]: countOf(text) })}
    />
  );
  const summary = (group: Group) => {
    const n = members[group].filter((name) => then[name] !== undefined).length;
    return n === 0 ? words.groups[group] : fill(words.set, { group: words.groups[group], n });
  };
  return (
    <>
      <Disclosure summary={summary('clocks')}>
        <div className="pg-form-grid">
          {lasting('approveWithin')}
          {lasting('removeWithin')}
          <ChoiceField
            label={words.calendar}
            value={then.calendar ?? ''}
            options={choices(words.anyCalendar, settings.calendars, then.calendar)}
            onChange={(calendar) => change({ calendar: calendar || undefined })}
          />
          <ChoiceField
            label={words.ladder}
            value={then.ladder ?? ''}
            options={choices(words.anyLadder, settings.ladders, then.ladder)}
            onChange={(ladder) => change({ ladder: ladder || undefined })}
          />
          {lasting('pauseAtMost', words.pauseHint)}
        </div>
      </Disclosure>
      <Disclosure summary={summary('ends')}>
        <div className="pg-form-grid">
          {lasting('revocationLead')}
          {lasting('warnBefore')}
          {counted('extensionsAtMost')}
        </div>
      </Disclosure>
      <Disclosure summary={summary('exceptions')}>
        <div className="pg-form-grid">
          {lasting('exceptionAtMost')}
          {counted('renewalsAtMost')}
        </div>
      </Disclosure>
      <Disclosure summary={summary('emergency')}>
        <div className="pg-form-grid">
          {lasting('emergencyAtMost')}
          {lasting('reviewWithin')}
          {lasting('registerWithin')}
          {lasting('compromisedWithin')}
        </div>
      </Disclosure>
    </>
  );
}

/** What there is to choose; one that is named but gone stays in sight by its id. */
function choices(none: string, known: ReadonlyArray<{ id: string; name: string }>, chosen: string | undefined) {
  const gone = chosen !== undefined && !known.some(({ id }) => id === chosen) ? [{ id: chosen, name: chosen }] : [];
  return [{ value: '', label: none }, ...[...gone, ...known].map(({ id, name }) => ({ value: id, label: name }))];
}

function countOf(text: string): number | undefined {
  const count = Math.floor(Number(text));
  return text.trim() === '' || !Number.isFinite(count) ? undefined : Math.min(100, Math.max(0, count));
}
