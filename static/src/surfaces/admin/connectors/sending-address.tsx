import { adminCalls } from '../../../bridge';
import { CopyField } from '../../../parts/copy-field';
import { FailedCall } from '../../../parts/failed-call';
import { useLoaded } from '../../../parts/use-loaded';
import { en } from '../../../texts/en';

interface Props {
  readonly kind: 'feed' | 'relay';
  readonly connectorId: string;
}

/** Where the other side of a connector calls the app, and the name under which it signs. */
export function SendingAddress({ kind, connectorId }: Props) {
  const words = en.admin.connectors.sending;
  const { state, reload } = useLoaded(load[kind]);
  return (
    <>
      {state.kind === 'loading' && <p className="pg-hint">{words.loading} …</p>}
      {state.kind === 'failed' && <FailedCall error={state.error} at={state.at} retry={() => void reload()} />}
      {state.kind === 'ready' && (
        <CopyField
          label={words.address}
          hint={words.hints[kind]}
          value={state.value.url}
          copyLabel={words.copyAddress}
        />
      )}
      <CopyField label={words.key} hint={words.keyHint} value={connectorId} copyLabel={words.copyKey} />
    </>
  );
}

const load = {
  feed: () => adminCalls.getSendingAddress({ kind: 'feed' }),
  relay: () => adminCalls.getSendingAddress({ kind: 'relay' }),
};
