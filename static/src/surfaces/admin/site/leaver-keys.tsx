import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { SettingsView } from '../../../../../src/contract/settings-view';
import { useMoments } from '../../../parts/frame-context';
import { LiveRegion } from '../../../parts/live-region';
import { ToneIcon } from '../../../parts/tone-icon';
import { useAppNow } from '../../../parts/use-app-now';
import { en, fill } from '../../../texts/en';
import { secretWords } from '../connectors/secret-words';
import type { Settings } from '../settings';
import { LeaverKeyForm } from './leaver-key-form';
import { RemoveLeaverKey } from './remove-leaver-key';

type LeaverKey = SettingsView['leaverKeys'][number];
type Opened =
  | { readonly kind: 'new' }
  | { readonly kind: 'renew'; readonly keyId: string }
  | { readonly kind: 'remove'; readonly keyId: string };

/** The keys for lists of leavers, by fingerprint and age: secrets never come back. */
export function LeaverKeys({ settings }: { settings: Settings }) {
  const words = en.admin.leavers;
  const [opened, setOpened] = useState<Opened>();
  const [told, setTold] = useState<string>();
  const { leaverKeys } = settings.view;
  const open = (next: Opened) => {
    setTold(undefined);
    setOpened(next);
  };
  const close = () => setOpened(undefined);
  const done = (text: string) => {
    setTold(text);
    close();
  };
  // A key that somebody else removed meanwhile is gone from the settings, and what was opened for it with it.
  const subject = opened && opened.kind !== 'new' ? leaverKeys.find(({ keyId }) => keyId === opened.keyId) : undefined;
  const renewed = opened?.kind === 'renew' ? subject : undefined;
  const removed = opened?.kind === 'remove' ? subject : undefined;
  const idle = opened?.kind !== 'new' && !renewed;
  return (
    <>
      <div className="pg-card-head">
        <div>
          <h4 className="pg-h3">{words.keys}</h4>
          <p className="pg-hint">{words.keysHint}</p>
        </div>
        {idle && <Button onClick={() => open({ kind: 'new' })}>{words.add}</Button>}
      </div>
      {opened?.kind === 'new' && <LeaverKeyForm leaverKey={undefined} settings={settings} close={close} done={done} />}
      {leaverKeys.length === 0 && idle && <p className="pg-subtle">{words.none}</p>}
      <ul className="pg-cards">
        {leaverKeys.map((leaverKey) => (
          <li key={leaverKey.keyId}>
            {leaverKey === renewed ? (
              <LeaverKeyForm leaverKey={leaverKey} settings={settings} close={close} done={done} />
            ) : (
              <LeaverKeyCard
                leaverKey={leaverKey}
                settings={settings}
                disabled={!idle}
                renew={() => open({ kind: 'renew', keyId: leaverKey.keyId })}
                remove={() => open({ kind: 'remove', keyId: leaverKey.keyId })}
              />
            )}
          </li>
        ))}
      </ul>
      {told && <p className="pg-told">{told}</p>}
      <LiveRegion text={told} />
      {removed && <RemoveLeaverKey leaverKey={removed} settings={settings} close={close} done={done} />}
    </>
  );
}

interface CardProps {
  readonly leaverKey: LeaverKey;
  readonly settings: Settings;
  readonly disabled: boolean;
  readonly renew: () => void;
  readonly remove: () => void;
}

function LeaverKeyCard({ leaverKey, settings, disabled, renew, remove }: CardProps) {
  const words = en.admin.leavers;
  const moments = useMoments();
  const now = useAppNow(settings.view.now, settings.at);
  const { keyId } = leaverKey;
  const secret = secretWords({ secret: leaverKey }, now, moments);
  return (
    <div className="pg-card">
      <div className="pg-card-head">
        <div>
          <h5 className="pg-h3 pg-foreign">{keyId}</h5>
          <p>
            <ToneIcon tone={secret?.old ? 'warning' : 'success'} small /> {secret?.text}
            {secret?.old && <span className="pg-subtle"> {words.old}</span>}
          </p>
        </div>
        <div className="pg-actions">
          <Button isDisabled={disabled} aria-label={fill(words.renewNamed, { id: keyId })} onClick={renew}>
            {words.renew}
          </Button>
          <Button
            appearance="subtle"
            isDisabled={disabled}
            aria-label={fill(words.removeNamed, { id: keyId })}
            onClick={remove}
          >
            {en.common.remove}
          </Button>
        </div>
      </div>
    </div>
  );
}
