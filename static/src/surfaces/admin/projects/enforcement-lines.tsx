import Button from '@atlaskit/button/new';
import { useId } from 'react';
import type { saveProjectInput } from '../../../../../src/contract/inputs';
import type { Input } from '../../../bridge';
import { ChoiceField } from '../../../parts/choice-field';
import { en } from '../../../texts/en';

type Line = Input<typeof saveProjectInput>['mapping']['enforcement'][number];
type Risk = NonNullable<Line['risk']>;

const risks: readonly Risk[] = ['standard', 'sensitive', 'privileged'];
const modes = ['observe', 'warn', 'enforce'] as const;

/** How strictly which requests are governed, and from when. The first line that fits decides. */
export function EnforcementLines({
  lines,
  change,
  requestTypes,
  now,
}: {
  lines: readonly Line[];
  change: (lines: Line[]) => void;
  requestTypes: readonly string[];
  now: string;
}) {
  const words = en.admin.projects;
  const set = (index: number, line: Line) => change(lines.map((known, at) => (at === index ? line : known)));
  return (
    <section aria-label={words.enforcement} className="pg-part">
      <h4 className="pg-h3">{words.enforcement}</h4>
      <p className="pg-hint">{words.enforcementHint}</p>
      {lines.length === 0 && <p>{words.noLines}</p>}
      {lines.map((line, index) => (
        <div
          key={index}
          className="pg-part-line pg-enforcement-line"
          role="group"
          aria-label={`${words.enforcement} ${index + 1}`}
        >
          <ChoiceField
            label={words.requestType}
            value={line.requestTypeId ?? ''}
            options={[{ value: '', label: words.anyType }, ...requestTypes.map((id) => ({ value: id, label: id }))]}
            onChange={(id) => set(index, lineOf({ ...line, requestTypeId: id || undefined }))}
          />
          <ChoiceField
            label={words.risk}
            value={line.risk ?? ''}
            options={[
              { value: '', label: words.anyRisk },
              ...risks.map((risk) => ({ value: risk, label: en.risks[risk] ?? risk })),
            ]}
            onChange={(risk) => set(index, lineOf({ ...line, risk: risk === '' ? undefined : (risk as Risk) }))}
          />
          <ChoiceField
            label={words.mode}
            value={line.mode}
            options={modes.map((mode) => ({ value: mode, label: words.modes[mode] }))}
            hint={words.modeHints[line.mode]}
            onChange={(mode) => set(index, { ...line, mode })}
          />
          <SinceField value={line.effectiveFrom} onChange={(effectiveFrom) => set(index, { ...line, effectiveFrom })} />
          <div className="pg-line-end">
            <Button onClick={() => change(lines.filter((_known, at) => at !== index))}>{en.common.remove}</Button>
          </div>
        </div>
      ))}
      <div>
        <Button spacing="compact" onClick={() => change([...lines, { mode: 'enforce', effectiveFrom: now }])}>
          {words.addLine}
        </Button>
      </div>
    </section>
  );
}

/** An instant in the browser's own picker, in UTC. */
function SinceField({ value, onChange }: { value: string; onChange: (iso: string) => void }) {
  const id = useId();
  return (
    <div className="pg-field">
      <label htmlFor={id}>{en.admin.projects.since} (UTC)</label>
      <input
        id={id}
        type="datetime-local"
        className="pg-select"
        value={value.slice(0, 16)}
        onChange={(event) => event.currentTarget.value && onChange(`${event.currentTarget.value}:00.000Z`)}
      />
    </div>
  );
}

function lineOf({ requestTypeId, risk, ...rest }: Line): Line {
  return { ...rest, ...(requestTypeId ? { requestTypeId } : {}), ...(risk ? { risk } : {}) };
}
