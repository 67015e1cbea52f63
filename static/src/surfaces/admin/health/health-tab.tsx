import Button from '@atlaskit/button/new';
import { useMoments } from '../../../parts/frame-context';
import { ToneIcon } from '../../../parts/tone-icon';
import type { Tone } from '../../../parts/tone';
import { useAppNow } from '../../../parts/use-app-now';
import { en } from '../../../texts/en';
import type { Settings } from '../settings';
import { TabHead } from '../tab-head';
import { healthChecks, type HealthCheck } from './health-checks';

const tones: Readonly<Record<HealthCheck['state'], Tone>> = { ok: 'success', attention: 'warning', broken: 'danger' };
const order = ['broken', 'attention', 'ok'] as const;

/** Whether the app can do its work right now; what does not work stands first. */
export function HealthTab({ settings }: { settings: Settings }) {
  const words = en.admin.health;
  const moments = useMoments();
  const now = useAppNow(settings.view.now, settings.at);
  const checks = healthChecks(settings.view, now, moments);
  return (
    <>
      <TabHead
        title={words.title}
        lead={words.lead}
        action={<Button onClick={() => void settings.reload()}>{en.common.refresh}</Button>}
      />
      <ul className="pg-health">
        {order.flatMap((state) =>
          checks
            .filter((check) => check.state === state)
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
    </>
  );
}
