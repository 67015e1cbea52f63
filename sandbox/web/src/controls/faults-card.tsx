import Button from '@atlaskit/button/new';
import { useFlags } from '../shell/flags';
import { Notice, Pending } from '../shell/notice';
import { get, post } from '../site/http';
import { useLoaded } from '../site/use-loaded';
import { type Faults, type Switch, switched, switches } from './faults';

export function FaultsCard() {
  const { value, error, reload } = useLoaded(() => get<Faults>('/sandbox/faults'), 'faults', 3000);
  const flags = useFlags();
  const set = async (faults: Faults) => {
    try {
      await post('/sandbox/faults', faults);
    } catch (failure) {
      flags.show({ type: 'error', title: 'The faults did not change', description: (failure as Error).message });
    }
    await reload();
  };
  const toggle = (one: Switch) => value && void set(switched(value, one, !one.isOn(value)));
  const active = value ? switches.filter((one) => one.isOn(value)).length : 0;
  return (
    <section className="card" aria-labelledby="faults-heading">
      <div className="card__head">
        <h2 id="faults-heading" className="card__title">
          Faults
        </h2>
        <Button spacing="compact" isDisabled={active === 0} onClick={() => void set({})}>
          Clear all
        </Button>
      </div>
      {active > 0 && (
        <Notice kind="warning">{active === 1 ? 'One fault is in force.' : `${active} faults are in force.`}</Notice>
      )}
      {!value ? (
        <Pending error={error} lines={6} />
      ) : (
        <ul className="switches">
          {switches.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                role="switch"
                aria-checked={one.isOn(value)}
                aria-describedby={`fault-${one.id}`}
                className="switch"
                onClick={() => toggle(one)}
              >
                <span className="switch__track" aria-hidden="true" />
                <span>{one.name}</span>
              </button>
              <p id={`fault-${one.id}`} className="subtle">
                {one.detail}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
