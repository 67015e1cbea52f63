import Button from '@atlaskit/button/new';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { RequestView } from '../../../../src/contract/request-view';
import { panelCalls } from '../../bridge';
import { LiveRegion } from '../../parts/live-region';
import { Notice } from '../../parts/notice';
import { ProgressSteps } from '../../parts/progress-steps';
import { StaleNotice } from '../../parts/stale-notice';
import { useAppNow } from '../../parts/use-app-now';
import { useCommand } from '../../parts/use-command';
import type { Loaded, Loading } from '../../parts/use-loaded';
import { useMoments } from '../../parts/frame-context';
import { en } from '../../texts/en';
import { Approvals } from './approvals';
import { AttestationNotice } from './attestation-notice';
import { BaselineNotices } from './baseline-notices';
import { AskAnew } from './ask-anew';
import { CallOff } from './call-off';
import { DirectWrites } from './direct-writes';
import { DecisionBox } from './decision-box';
import { GateBox } from './gate-box';
import { LastReadings } from './last-readings';
import { Ends } from './ends';
import { ExceptionNotice } from './exception-notice';
import { EmergencyNotice } from './emergency-notice';
import { Links } from './links';
import { MoreActions, furtherActions } from './more-actions';
import { PanelFoot } from './panel-foot';
import { PanelHead } from './panel-head';
import { panelSteps } from './panel-steps';
import { RequestNotices } from './request-notices';
import { SweepAndBypass } from './sweep-and-bypass';
import { Clocks } from './clocks';
import { CompromisedNotice } from './compromised-notice';
import type { DialogName } from './dialogs/dialog-props';
import type { DeskSla } from '../../bridge';

const History = lazy(() => import('./history'));
const Dialogs = lazy(() => import('./dialogs/dialogs'));

interface Props {
  readonly shown: Extract<Loaded<RequestView>, { kind: 'ready' }>;
  readonly loading: Loading<RequestView>;
  readonly deskSla: readonly DeskSla[] | undefined;
}

/** The panel of one request, from what is true over what is missing to what this person can do. */
export function PanelView({ shown, loading, deskSla }: Props) {
  const { value: request, at } = shown;
  const { put, reload } = loading;
  const now = useAppNow(request.now, at);
  const moments = useMoments();
  const work = useCommand();
  const decision = useCommand();
  const direct = useCommand();
  const [changed, setChanged] = useState(false);
  const [history, setHistory] = useState(false);
  const [more, setMore] = useState(false);
  const [dialog, setDialog] = useState<DialogName>();
  const [told, setTold] = useState<string>();
  const article = useRef<HTMLElement>(null);
  const further = furtherActions(request);
  const openDialog = (name: DialogName) => {
    setTold(undefined);
    setDialog(name);
  };
  const closeDialog = () => setDialog(undefined);
  // What opened a dialog may be gone once the answer is there: then the focus goes to the panel, never to nowhere.
  useEffect(() => {
    if (told !== undefined && document.activeElement === document.body) article.current?.focus();
  }, [told]);

  const decide = useCallback(
    async (answer: 'approve' | 'decline', comment: string) => {
      setChanged(false);
      const error = await decision.run(answer, async () => {
        put(
          await panelCalls.decideStage({
            decision: answer,
            contentHash: request.contentHash,
            ...(comment ? { comment } : {}),
          }),
        );
        return answer === 'approve' ? en.decide.approved : en.decide.declined;
      });
      if (error?.code === 'content-changed') setChanged(true);
      if (error && ['content-changed', 'not-open', 'already-decided', 'not-approver'].includes(error.code))
        await reload();
    },
    [decision, put, reload, request.contentHash],
  );

  return (
    <article className="pg-panel" aria-label={en.panel.label} ref={article} tabIndex={-1}>
      <StaleNotice
        madeAt={request.now}
        now={now}
        failed={shown.refreshFailed}
        refreshing={shown.refreshing}
        refresh={() => void reload()}
      />
      <SweepAndBypass request={request} now={now} />
      <PanelHead
        request={request}
        now={now}
        more={further.length > 0 ? { shown: more, toggle: () => setMore(!more) } : undefined}
      />
      {more && further.length > 0 && <MoreActions actions={further} open={openDialog} />}
      {told && <Notice tone="success" title={told} />}
      <ProgressSteps steps={panelSteps(request, (iso) => moments.soon(iso, now))} />
      <CompromisedNotice request={request} />
      <EmergencyNotice request={request} now={now} open={openDialog} />
      <AttestationNotice request={request} now={now} open={openDialog} />
      <ExceptionNotice request={request} now={now} open={openDialog} />
      <Clocks request={request} now={now} deskSla={deskSla} />
      <RequestNotices request={request} />
      {changed && (
        <Notice
          tone="warning"
          urgent
          title={en.panel.contentChangedTitle}
          actions={
            <Button appearance="subtle" onClick={() => setChanged(false)}>
              {en.common.close}
            </Button>
          }
        >
          <p>{en.panel.contentChangedText}</p>
        </Notice>
      )}
      {request.may.decide && <DecisionBox request={request} now={now} command={decision} decide={decide} />}
      {decision.told && <Notice tone="success" title={decision.told} />}
      <DirectWrites request={request} now={now} command={direct} put={put} />
      {request.items.length > 0 && <GateBox request={request} now={now} command={work} put={put} />}
      <Ends request={request} now={now} open={openDialog} />
      <BaselineNotices request={request} now={now} />
      {request.items.length > 0 && (
        <div className="pg-columns">
          <Approvals request={request} now={now} />
          <LastReadings request={request} now={now} />
        </div>
      )}
      <Links request={request} />
      {request.may.callOff && <CallOff put={put} />}
      {request.may.askAnew && <AskAnew key={request.state} lapsed={request.state === 'lapsed'} put={put} />}
      <PanelFoot
        madeAt={request.now}
        now={now}
        refreshing={shown.refreshing}
        refresh={() => void reload()}
        historyShown={history}
        toggleHistory={() => setHistory(!history)}
      />
      {history && (
        <Suspense fallback={<p className="pg-subtle">{en.history.loading}</p>}>
          <History madeAt={request.now} now={now} />
        </Suspense>
      )}
      {dialog && (
        <Suspense fallback={null}>
          <Dialogs
            name={dialog}
            request={request}
            now={now}
            close={closeDialog}
            done={(view, text) => {
              put(view);
              setTold(text);
              closeDialog();
            }}
          />
        </Suspense>
      )}
      <LiveRegion text={told ?? work.told ?? direct.told ?? decision.told} />
    </article>
  );
}
