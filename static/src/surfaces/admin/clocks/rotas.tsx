import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { SettingsView } from '../../../../../src/contract/settings-view';
import { useMoments } from '../../../parts/frame-context';
import { en, fill } from '../../../texts/en';
import type { Settings } from '../settings';
import { PartHead } from '../part-head';
import { RotaForm } from './rota-form';

type Rota = SettingsView['rotas'][number];

/** Who takes turns being on call. */
export function Rotas({ settings }: { settings: Settings }) {
  const words = en.admin.clocks.rotas;
  const [editing, setEditing] = useState<string>();
  const close = () => setEditing(undefined);
  const { rotas } = settings.view;
  return (
    <section className="pg-clock-part" aria-labelledby="pg-rotas">
      <PartHead
        id="pg-rotas"
        title={words.title}
        lead={words.lead}
        action={editing === undefined && <Button onClick={() => setEditing('new')}>{words.add}</Button>}
      />
      {editing === 'new' && <RotaForm rota={undefined} settings={settings} close={close} />}
      {rotas.length === 0 && editing === undefined && <p className="pg-subtle">{words.none}</p>}
      <ul className="pg-cards">
        {rotas.map((rota) => (
          <li key={rota.id}>
            {editing === rota.id ? (
              <RotaForm rota={rota} settings={settings} close={close} />
            ) : (
              <RotaCard rota={rota} edit={editing === undefined ? () => setEditing(rota.id) : undefined} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function RotaCard({ rota, edit }: { rota: Rota; edit: (() => void) | undefined }) {
  const words = en.admin.clocks.rotas;
  const moments = useMoments();
  const standIns = rota.overrides.length;
  return (
    <div className="pg-card">
      <div className="pg-card-head">
        <div>
          <h4 className="pg-h3 pg-foreign">{rota.name}</h4>
          <p className="pg-hint">
            {fill(words.turns, { duration: moments.duration(rota.turn), when: moments.dateTime(rota.startsAt) })}
            {standIns > 0 && (
              <>
                <span className="pg-dot" aria-hidden="true" />
                {standIns === 1 ? words.standIn : fill(words.standIns, { n: standIns })}
              </>
            )}
          </p>
        </div>
        <Button
          appearance="subtle"
          spacing="compact"
          isDisabled={!edit}
          aria-label={fill(en.admin.clocks.edit, { name: rota.name })}
          onClick={edit}
        >
          {en.common.edit}
        </Button>
      </div>
      <ol className="pg-turns">
        {rota.people.map((person, index) => (
          <li key={`${person} ${index}`} className="pg-code pg-foreign">
            {person}
          </li>
        ))}
      </ol>
    </div>
  );
}
