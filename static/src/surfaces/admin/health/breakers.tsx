import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { HealthView } from '../../../../../src/contract/settings-view';
import { adminCalls } from '../../../bridge';
import { FormDialog } from '../../../parts/form-dialog';
import { useMoments } from '../../../parts/frame-context';
import { useCommand } from '../../../parts/use-command';
import { en, fill } from '../../../texts/en';
import { HealthLine } from './health-line';

type Breaker = HealthView['breakers'][number];
type Decision = 'go-on' | 'drop';

interface Props {
  readonly health: HealthView;
  readonly put: (health: HealthView) => void;
  readonly tell: (text: string) => void;
}

/** The circuit breakers; one that tripped waits for a person, who is asked twice. */
export function Breakers({ health, put, tell }: Props) {
  const words = en.admin.state.breakers;
  const moments = useMoments();
  const [asked, setAsked] = useState<{ readonly breaker: Breaker; readonly decision: Decision }>();
  const now = Date.parse(health.now);
  return (
    <section className="pg-health-part" aria-labelledby="pg-breakers">
      <h3 id="pg-breakers" className="pg-h3">
        {words.title}
      </h3>
      <p className="pg-hint">{words.text}</p>
      <ul className="pg-health">
        {health.breakers.map((breaker) => (
          <HealthLine
            key={breaker.breaker}
            tone={breaker.trippedAt ? 'danger' : 'success'}
            title={fill(words.whole, {
              name: words.names[breaker.breaker],
              limit: breaker.limit,
              span: moments.duration(`PT${breaker.windowHours}H`),
            })}
          >
            {breaker.trippedAt ? (
              <>
                <p>{fill(words.tripped, { when: moments.soon(breaker.trippedAt, now), held: breaker.held })}</p>
                <div className="pg-actions">
                  {(['go-on', 'drop'] as const).map((decision) => (
                    <Button
                      key={decision}
                      spacing="compact"
                      aria-label={`${decision === 'drop' ? words.drop : words.goOn}: ${words.names[breaker.breaker]}`}
                      onClick={() => setAsked({ breaker, decision })}
                    >
                      {decision === 'drop' ? words.drop : words.goOn}
                    </Button>
                  ))}
                </div>
              </>
            ) : (
              <p className="pg-subtle">{words.closed}</p>
            )}
          </HealthLine>
        ))}
      </ul>
      {asked && (
        <Confirm
          {...asked}
          close={() => setAsked(undefined)}
          done={(view) => {
            put(view);
            tell(words.decided[asked.decision]);
            setAsked(undefined);
          }}
        />
      )}
    </section>
  );
}

function Confirm({
  breaker,
  decision,
  close,
  done,
}: {
  breaker: Breaker;
  decision: Decision;
  close: () => void;
  done: (health: HealthView) => void;
}) {
  const words = en.admin.state.breakers;
  const command = useCommand();
  return (
    <FormDialog
      title={fill(words.confirm[breaker.breaker][decision], { held: breaker.held })}
      text={words.confirmText[breaker.breaker][decision]}
      confirm={words.yes[decision]}
      danger
      command={command}
      close={close}
      submit={() =>
        void command.run('decide', async () => {
          done(await adminCalls.decideBreaker({ breaker: breaker.breaker, decision }));
          return undefined;
        })
      }
    />
  );
}
