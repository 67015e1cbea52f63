import './site.css';
import { adminCalls } from '../../../bridge';
import { CopyField } from '../../../parts/copy-field';
import { FailedCall } from '../../../parts/failed-call';
import { useLoaded } from '../../../parts/use-loaded';
import { en } from '../../../texts/en';
import { PartHead } from '../part-head';
import type { Settings } from '../settings';
import { LeaverKeys } from './leaver-keys';

/** Where lists of leavers are sent to, and the keys that they may be signed with. */
export function Leavers({ settings }: { settings: Settings }) {
  const words = en.admin.leavers;
  const { state, reload } = useLoaded(adminCalls.getLeaversAddress);
  return (
    <section className="pg-leavers" aria-labelledby="pg-leavers">
      <PartHead id="pg-leavers" title={words.title} lead={words.lead} />
      {state.kind === 'loading' && <p className="pg-hint">{words.addressLoading} …</p>}
      {state.kind === 'failed' && <FailedCall error={state.error} at={state.at} retry={() => void reload()} />}
      {state.kind === 'ready' && (
        <div className="pg-card">
          <CopyField
            label={words.address}
            hint={words.addressHint}
            value={state.value.url}
            copyLabel={words.copyAddress}
          />
        </div>
      )}
      <LeaverKeys settings={settings} />
    </section>
  );
}
