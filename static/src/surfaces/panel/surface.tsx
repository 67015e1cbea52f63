import '../../parts/parts.css';
import './panel.css';
import { panelCalls } from '../../bridge';
import { FailedCall } from '../../parts/failed-call';
import { Skeleton } from '../../parts/skeleton';
import { useFreshness } from '../../parts/use-freshness';
import { useLoaded } from '../../parts/use-loaded';
import { usePlace } from '../../parts/frame-context';
import { PanelView } from './panel-view';
import { useDeskSla } from './use-desk-sla';

/** The issue panel: what was asked, who approved, what is missing, how long is left, and why the gate says no. */
export default function PanelSurface() {
  const loading = useLoaded(panelCalls.getRequest);
  const { state, reload } = loading;
  const { issueKey } = usePlace();
  const deskSla = useDeskSla(issueKey, state.kind === 'ready' ? state.at : undefined);
  useFreshness(reload, state.kind === 'ready' ? state.at : undefined);
  if (state.kind === 'loading') return <Skeleton kind="panel" />;
  if (state.kind === 'failed') return <FailedCall error={state.error} at={state.at} retry={() => void reload()} />;
  return <PanelView shown={state} loading={loading} deskSla={deskSla} />;
}
