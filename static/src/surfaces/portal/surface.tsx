import '../../parts/parts.css';
import './portal.css';
import { portalCalls } from '../../bridge';
import { FailedCall } from '../../parts/failed-call';
import { Notice } from '../../parts/notice';
import { Skeleton } from '../../parts/skeleton';
import { useFreshness } from '../../parts/use-freshness';
import { useLoaded } from '../../parts/use-loaded';
import { en } from '../../texts/en';
import Button from '@atlaskit/button/new';
import { PortalView } from './portal-view';

/** The customer's view of the own request, and the approver's place to decide without a licence. */
export default function PortalSurface() {
  const loading = useLoaded(portalCalls.getRequest);
  const { state, reload } = loading;
  useFreshness(reload, state.kind === 'ready' ? state.at : undefined);
  if (state.kind === 'loading') return <Skeleton kind="portal" />;
  if (state.kind === 'failed' && state.error.code === 'not-governed') {
    return (
      <Notice
        tone="information"
        title={en.portal.notGoverned}
        actions={<Button onClick={() => void reload()}>{en.common.retry}</Button>}
      >
        <p>{en.portal.notGovernedText}</p>
      </Notice>
    );
  }
  if (state.kind === 'failed') return <FailedCall error={state.error} at={state.at} retry={() => void reload()} />;
  return <PortalView shown={state} loading={loading} />;
}
