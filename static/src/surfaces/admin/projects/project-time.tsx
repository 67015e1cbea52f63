import type { saveProjectInput } from '../../../../../src/contract/inputs';
import type { Input } from '../../../bridge';
import { TextLineField } from '../../../parts/text-line-field';
import { en } from '../../../texts/en';

type Mapping = Input<typeof saveProjectInput>['mapping'];

export interface TimeMapping {
  readonly pauses: string;
  readonly decline: string;
}

export function timeMappingOf(mapping: Mapping): TimeMapping {
  return { pauses: (mapping.pauseStatuses ?? []).join(', '), decline: mapping.transitions.decline ?? '' };
}

/** The mapping with these; empty means that it has none. */
export function withTimeMapping(mapping: Mapping, { pauses, decline }: TimeMapping): Mapping {
  const { pauseStatuses: _pauses, transitions, ...rest } = mapping;
  const { decline: _decline, ...others } = transitions;
  const ids = [
    ...new Set(
      pauses
        .split(',')
        .map((id) => id.trim())
        .filter((id) => id !== ''),
    ),
  ];
  return {
    ...rest,
    transitions: { ...others, ...(decline.trim() ? { decline: decline.trim() } : {}) },
    ...(ids.length > 0 ? { pauseStatuses: ids } : {}),
  };
}

/** In which statuses clocks stand, and how what nobody approved is declined. */
export function ProjectTime({ value, change }: { value: TimeMapping; change: (value: TimeMapping) => void }) {
  const words = en.admin.projects;
  return (
    <section aria-label={words.clocksTitle} className="pg-part">
      <h4 className="pg-h3">{words.clocksTitle}</h4>
      <div className="pg-form-grid">
        <TextLineField
          label={words.pause}
          hint={words.pauseHint}
          optional
          value={value.pauses}
          onChange={(pauses) => change({ ...value, pauses })}
        />
        <TextLineField
          label={words.decline}
          hint={words.declineHint}
          optional
          value={value.decline}
          onChange={(decline) => change({ ...value, decline })}
        />
      </div>
    </section>
  );
}
