import './health.css';
import Button from '@atlaskit/button/new';
import { useCallback, useState } from 'react';
import { adminCalls } from '../../../bridge';
import { FailedCall } from '../../../parts/failed-call';
import { useMoments } from '../../../parts/frame-context';
import { LiveRegion } from '../../../parts/live-region';
import { Skeleton } from '../../../parts/skeleton';
import { ToneIcon } from '../../../parts/tone-icon';
import type { Tone } from '../../../parts/tone';
import { useAppNow } from '../../../parts/use-app-now';
import { useLoaded } from '../../../parts/use-loaded';
import { en } from '../../../texts/en';
import type { Settings } from '../settings';
import { TabHead } from '../tab-head';
import { Breakers } from './breakers';
import { healthChecks, type HealthCheck } from './health-checks';
import { Findings } from './findings';
import { Heartbeat } from './heartbeat';
import { Stuck } from './stuck';

const tones: Readonly<Record<HealthCheck['state'], Tone>> = { ok: 'success', attention: 'warning', broken: 'danger' };
const order = ['broken', 'attention', 'ok'] as const;

/** Whether the app can do its work right now, and what waits for a person; what does not work stands first. */
export function HealthTab({ settings }: { settings: Settings }) {
  const words = en.admin.health;
  const moments = useMoments();
  const { state, reload, put } = useLoaded(adminCalls.getHealth);
  const now = useAppNow(settings.view.now, settings.at);
  const [told, setTold] = useState<string>();
  const checks = healthChecks(settings.view, now, moments);
  const refresh = useCallback(() => {
    void settings.reload();
    void reload();
  }, [settings, reload]);
  return (
    <>
      <TabHead title={words.title} lead={words.lead} action={<Button onClick={refresh}>{en.common.refresh}</Button>} />
      {state.kind === 'loading' && <Skeleton kind="admin" />}
      {state.kind === 'failed' && <FailedCall error={state.error} at={state.at} retry={() => void reload()} />}
      {state.kind === 'ready' && (
        <>
          {state.refreshFailed && <FailedCall error={state.refreshFailed} at={state.at} retry={() => void reload()} />}
          <Heartbeat health={state.value} at={state.at} />
          <Stuck health={state.value} put={put} tell={setTold} />
          <Breakers health={state.value} put={put} tell={setTold} />
          <Findings health={state.value} at={state.at} />
        </>
      )}
      <section className="pg-health-part" aria-labelledby="pg-configuration">
        <h3 id="pg-configuration" className="pg-h3">
          {en.admin.state.config}
        </h3>
        <ul className="pg-health">
          {order.flatMap((of) =>
            checks
              .filter((check) => check.state === of)
              .map((check) => (
                <li key={check.title} className="pg-health-line">
                  <ToneIcon tone={tones[check.state]} />
                  <div>
                    <p className="pg-strong pg-foreign">
                      {check.title} <span className="pg-hidden">({words.words[check.state]})</span>
                    </p>
                    {check.text && <p className="pg-subtle">{check.text}</p>}
                  </div>
                </li>
              )),
          )}
        </ul>
      </section>
      <LiveRegion text={told} />
    </>
  );
}
