import Button from '@atlaskit/button/new';
import { useState, type ReactNode } from 'react';
import { en, fill } from '../../../texts/en';
import type { Settings } from '../settings';
import { LadderAxis } from './ladder-axis';
import { ladderOf, type LadderInput, type ShownLadder } from './ladder-draft';
import { LadderForm } from './ladder-form';
import { PartHead } from '../part-head';
import { Disclosure } from '../../../parts/disclosure';

const empty: LadderInput = { id: '', name: '', remindersAtMost: 3, steps: [] };

/** The ladders of this site and the ones that hold where policy names none. */
export function Ladders({ settings }: { settings: Settings }) {
  const words = en.admin.clocks.ladders;
  const [editing, setEditing] = useState<{ readonly ladder: LadderInput; readonly rev: number }>();
  const close = () => setEditing(undefined);
  const { ladders, defaultLadders } = settings.view;
  return (
    <section className="pg-clock-part" aria-labelledby="pg-ladders">
      <PartHead
        id="pg-ladders"
        title={words.title}
        lead={words.lead}
        action={
          editing === undefined && <Button onClick={() => setEditing({ ladder: empty, rev: 0 })}>{words.add}</Button>
        }
      />
      {editing?.rev === 0 && <LadderForm ladder={editing.ladder} rev={0} settings={settings} close={close} />}
      {ladders.length === 0 && editing === undefined && <p className="pg-subtle">{words.none}</p>}
      <ul className="pg-cards">
        {ladders.map((ladder) => (
          <li key={ladder.id}>
            {editing?.rev === ladder.rev && editing.ladder.id === ladder.id && editing.rev > 0 ? (
              <LadderForm ladder={editing.ladder} rev={ladder.rev} settings={settings} close={close} />
            ) : (
              <LadderCard
                ladder={ladder}
                action={
                  <Button
                    appearance="subtle"
                    spacing="compact"
                    isDisabled={editing !== undefined}
                    aria-label={fill(en.admin.clocks.edit, { name: ladder.name })}
                    onClick={() => setEditing({ ladder: ladderOf(ladder), rev: ladder.rev })}
                  >
                    {en.common.edit}
                  </Button>
                }
              />
            )}
          </li>
        ))}
      </ul>
      <h4 className="pg-h4">{words.defaults}</h4>
      <ul className="pg-cards">
        {defaultLadders.map((ladder) => (
          <li key={ladder.id}>
            <LadderCard
              ladder={ladder}
              action={
                <Button
                  appearance="subtle"
                  spacing="compact"
                  isDisabled={editing !== undefined}
                  aria-label={fill(words.startFromNamed, { name: ladder.name })}
                  onClick={() =>
                    setEditing({
                      ladder: { ...ladderOf(ladder), name: fill(words.copyOf, { name: ladder.name }) },
                      rev: 0,
                    })
                  }
                >
                  {words.startFrom}
                </Button>
              }
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function LadderCard({ ladder, action }: { ladder: ShownLadder; action: ReactNode }) {
  const words = en.admin.clocks.ladders;
  return (
    <div className="pg-card">
      <div className="pg-card-head">
        <div>
          <h4 className="pg-h3 pg-foreign">{ladder.name}</h4>
          <p className="pg-hint">{fill(words.capped, { n: ladder.remindersAtMost })}</p>
        </div>
        {action}
      </div>
      <Disclosure summary={`${words.steps}: ${ladder.steps.length}`} label={`${words.steps}: ${ladder.name}`}>
        <LadderAxis ladder={ladder} target="P1D" />
      </Disclosure>
    </div>
  );
}
