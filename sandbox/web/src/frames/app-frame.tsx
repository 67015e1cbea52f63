/** One module of the app: its built screens on their own origin, with the page's half of the bridge. */
import Button from '@atlaskit/button/new';
import { useLayoutEffect, useRef, useState } from 'react';
import { createPeer, isMessage, type Peer } from '../../bridge/wire';
import { useSession } from '../session/session';
import { Dialog } from '../shell/dialog';
import { useFlags } from '../shell/flags';
import { Pending } from '../shell/notice';
import { get } from '../site/http';
import { useLoaded } from '../site/use-loaded';
import type { WantedEgress } from './egress-permissions';
import { frameCommands, type FrameModal } from './frame-commands';
import './frames.css';

/** As Forge embeds Custom UI. */
const SANDBOX =
  'allow-popups allow-popups-to-escape-sandbox allow-downloads allow-forms allow-modals allow-pointer-lock allow-same-origin allow-scripts';

export interface AppFrameProps {
  module: string;
  title: string;
  issue?: string;
  onRefresh?: () => void;
  /** Of a modal: what the opener handed over, and how it ends. */
  modal?: { context: Record<string, unknown>; close: (payload: unknown) => void };
  minHeight?: number;
}

export function AppFrame(props: AppFrameProps) {
  const { module, issue } = props;
  const query = new URLSearchParams({ module, ...(issue === undefined ? {} : { issue }) });
  const { value, error } = useLoaded(
    () => get<Record<string, unknown>>(`/sandbox/frame-context?${query}`),
    `${module} ${issue}`,
  );
  if (!value) return <Pending error={error} />;
  return <LiveFrame {...props} context={value} />;
}

function LiveFrame({ context, ...props }: AppFrameProps & { context: Record<string, unknown> }) {
  const { framesOrigin, person } = useSession();
  const flags = useFlags();
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(props.minHeight ?? 120);
  const [modal, setModal] = useState<FrameModal>();
  const [egress, setEgress] = useState<{ wanted: WantedEgress[]; decide: (yes: boolean) => void }>();
  const latest = useRef({ props, flags });
  latest.current = { props, flags };

  // Before the first paint: the frame may speak as soon as it is there.
  useLayoutEffect(() => {
    if (!person) return;
    const undo: Array<() => void> = [];
    const { modal: opened } = latest.current.props;
    const extension = { ...(context['extension'] as object), ...(opened ? { modal: opened.context } : {}) };
    const commands = frameCommands({
      module: props.module,
      issue: props.issue,
      person,
      context: { ...context, extension },
      flags: { show: (flag) => latest.current.flags.show(flag), close: (id) => latest.current.flags.close(id) },
      close: opened && ((payload) => latest.current.props.modal?.close(payload)),
      refresh: () => latest.current.props.onRefresh?.(),
      setHeight,
      openModal: setModal,
      confirmEgress: (wanted) =>
        new Promise((resolve) => {
          setEgress({
            wanted,
            decide: (yes) => {
              setEgress(undefined);
              resolve(yes);
            },
          });
        }),
      onUnmount: (work) => undo.push(work),
    });
    const peer: Peer = createPeer(
      { post: (message) => frame.current?.contentWindow?.postMessage(message, framesOrigin) },
      commands,
    );
    const receive = (event: MessageEvent) => {
      if (event.source === frame.current?.contentWindow && event.origin === framesOrigin && isMessage(event.data))
        peer.receive(event.data);
    };
    window.addEventListener('message', receive);
    return () => {
      window.removeEventListener('message', receive);
      for (const work of undo) work();
    };
  }, [context, framesOrigin, person, props.module, props.issue]);

  return (
    <>
      <iframe
        ref={frame}
        className="app-frame"
        title={props.title}
        src={`${framesOrigin}/main/index.html`}
        sandbox={SANDBOX}
        style={{ height: Math.max(height, props.minHeight ?? 0) }}
        data-module={props.module}
      />
      {modal && (
        <Dialog
          title={modal.title || props.title}
          wide={modal.size !== 'small' && modal.size !== 'medium'}
          closeOnEscape={modal.closeOnEscape}
          closeOnOverlayClick={modal.closeOnOverlayClick}
          onClose={() => {
            setModal(undefined);
            modal.onClose(undefined);
          }}
        >
          <AppFrame
            {...props}
            title={modal.title || props.title}
            modal={{
              context: modal.context,
              close: (payload) => {
                setModal(undefined);
                modal.onClose(payload);
              },
            }}
          />
        </Dialog>
      )}
      {egress && (
        <Dialog
          title="Allow Proofgate to call these domains?"
          onClose={() => egress.decide(false)}
          footer={
            <>
              <Button appearance="subtle" onClick={() => egress.decide(false)}>
                Cancel
              </Button>
              <Button appearance="primary" onClick={() => egress.decide(true)}>
                Allow
              </Button>
            </>
          }
        >
          <p>The app sends data of this site to the domains below. You can take this back under Approved domains.</p>
          <ul className="plain-list">
            {egress.wanted.flatMap((group) =>
              group.configured.map(({ domain }) => <li key={group.key + domain}>{domain}</li>),
            )}
          </ul>
        </Dialog>
      )}
    </>
  );
}
