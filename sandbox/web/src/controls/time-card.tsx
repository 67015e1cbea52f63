import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { type FormEvent, useState } from 'react';
import { useFlags } from '../shell/flags';
import { get, post } from '../site/http';
import { shownClock } from '../site/instants';
import { useLoaded } from '../site/use-loaded';

const STEPS = [
  { name: '5 minutes', duration: 'PT5M' },
  { name: '1 hour', duration: 'PT1H' },
  { name: '1 day', duration: 'P1D' },
];

export function TimeCard() {
  const { value, reload } = useLoaded(
    () => get<{ now: string; lastSweep: string | null }>('/sandbox/health'),
    'health',
    1000,
  );
  const flags = useFlags();
  const [custom, setCustom] = useState('');
  const [busy, setBusy] = useState<string>();

  const advance = async (duration: string) => {
    setBusy(duration);
    try {
      const { now } = await post<{ now: string }>('/sandbox/clock', { advance: duration });
      flags.show({
        type: 'success',
        title: `It is ${shownClock(now)}`,
        description: 'What fell due on the way has happened, in order.',
      });
    } catch (error) {
      flags.show({ type: 'error', title: 'Time did not move', description: (error as Error).message });
    }
    await reload();
    setBusy(undefined);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (custom !== '') void advance(custom);
  };

  return (
    <section className="card" aria-labelledby="time-heading">
      <h2 id="time-heading" className="card__title">
        Time
      </h2>
      <p className="controls__clock">{value ? shownClock(value.now) : '…'}</p>
      <p className="subtle">Last sweep of the app: {value?.lastSweep ? shownClock(value.lastSweep) : 'none yet'}</p>
      <div className="controls__row">
        {STEPS.map(({ name, duration }) => (
          <Button
            key={duration}
            isLoading={busy === duration}
            isDisabled={busy !== undefined}
            onClick={() => void advance(duration)}
          >
            {`Advance ${name}`}
          </Button>
        ))}
      </div>
      <form className="controls__row" onSubmit={submit}>
        <div className="controls__grow">
          <Textfield
            aria-label="Duration in ISO 8601"
            placeholder="P7D, PT90M …"
            value={custom}
            onChange={(event) => setCustom(event.currentTarget.value)}
          />
        </div>
        <Button type="submit" isDisabled={custom === '' || busy !== undefined}>
          Advance
        </Button>
      </form>
      <p className="subtle">Time never goes back. A long step runs every sweep on the way and may take a while.</p>
    </section>
  );
}
