import Button from '@atlaskit/button/new';
import Select from '@atlaskit/select';
import { useCallback, useId } from 'react';
import { adminCalls } from '../../../bridge';
import { FailedCall } from '../../../parts/failed-call';
import { useLoaded } from '../../../parts/use-loaded';
import { en, fill } from '../../../texts/en';

interface Option {
  readonly id: string;
  readonly name: string;
  /** Group, role, team and so on. */
  readonly label?: string;
}

interface Replaced {
  entitlementId: string;
  name: string;
}

interface Props {
  readonly connectorId: string;
  readonly target: string;
  readonly chosen: string;
  readonly chosenName: string;
  readonly replaces: readonly Replaced[];
  readonly error?: string;
  readonly choose: (option: Option) => void;
  readonly replace: (replaces: Replaced[]) => void;
}

/** Picks entitlements of a target by its own stable ids, and those that a change to it takes away. */
export function EntitlementPicker({
  connectorId,
  target,
  chosen,
  chosenName,
  replaces,
  error,
  choose,
  replace,
}: Props) {
  const words = en.admin.catalogue;
  const id = useId();
  const load = useCallback(() => adminCalls.listEntitlements({ connectorId }), [connectorId]);
  const { state, reload } = useLoaded(load);
  const known: readonly Option[] = state.kind === 'ready' ? state.value.entitlements : [];
  const options =
    chosen && !known.some((option) => option.id === chosen)
      ? [{ id: chosen, name: chosenName || chosen }, ...known]
      : known;
  const shared = {
    isLoading: state.kind === 'loading',
    getOptionLabel: (option: Option) => (option.label ? `${option.name} · ${option.label}` : option.name),
    formatOptionLabel: (option: Option) => (
      <span className="pg-option">
        <span className="pg-foreign">{option.name}</span>
        {option.label && <span className="pg-subtle pg-small">{option.label}</span>}
      </span>
    ),
    getOptionValue: (option: Option) => option.id,
    placeholder: fill(state.kind === 'loading' ? words.loading : words.pick, { target }),
    noOptionsMessage: () => words.noOptions,
  };
  return (
    <>
      <div className="pg-field">
        <label htmlFor={`${id}-one`}>{words.entitlement}</label>
        <Select<Option>
          {...shared}
          inputId={`${id}-one`}
          options={options}
          value={options.find((option) => option.id === chosen) ?? null}
          isInvalid={error !== undefined}
          onChange={(option) => option && choose(option)}
        />
        <p className="pg-hint">{words.entitlementHint}</p>
        {error && <p className="pg-field-error">{error}</p>}
        {state.kind === 'failed' && <FailedCall error={state.error} at={state.at} retry={() => void reload()} />}
        {state.kind === 'ready' && state.value.complete === false && <p className="pg-hint">{words.incomplete}</p>}
        {state.kind === 'ready' && (
          <div>
            <Button appearance="subtle" spacing="compact" onClick={() => void reload()}>
              {words.readAgain}
            </Button>
          </div>
        )}
      </div>
      <div className="pg-field">
        <label htmlFor={`${id}-many`}>{words.replaces}</label>
        <Select<Option, true>
          {...shared}
          isMulti
          inputId={`${id}-many`}
          options={known.filter((option) => option.id !== chosen)}
          value={replaces.map(({ entitlementId, name }) => ({ id: entitlementId, name }))}
          onChange={(picked) => replace(picked.map((option) => ({ entitlementId: option.id, name: option.name })))}
        />
        <p className="pg-hint">{words.replacesHint}</p>
      </div>
    </>
  );
}
