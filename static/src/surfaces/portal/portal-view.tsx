import Button from '@atlaskit/button/new';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { PortalRequestView } from '../../../../src/contract/request-view';
import { portalCalls } from '../../bridge';
import { DecisionForm } from '../../parts/decision-form';
import { ForeignText } from '../../parts/foreign-text';
import { useMoments } from '../../parts/frame-context';
import { HoldingFacts } from '../../parts/holding-facts';
import { IssueLink } from '../../parts/issue-link';
import { LiveRegion } from '../../parts/live-region';
import { Notice } from '../../parts/notice';
import { ProgressSteps } from '../../parts/progress-steps';
import { isOver, stateInWords } from '../../parts/request-state';
import { StaleNotice } from '../../parts/stale-notice';
import { StateMark } from '../../parts/state-mark';
import { ToneIcon } from '../../parts/tone-icon';
import { useAppNow } from '../../parts/use-app-now';
import { useCommand } from '../../parts/use-command';
import type { Loaded, Loading } from '../../parts/use-loaded';
import { en, fill } from '../../texts/en';
import { AskedFacts } from './asked-facts';
import type { PortalDialogName } from './portal-dialogs';

const Dialogs = lazy(() => import('./portal-dialogs'));

interface Props {
  readonly shown: Extract<Loaded<PortalRequestView>, { kind: 'ready' }>;
  readonly loading: Loading<PortalRequestView>;
}

const workable: readonly string[] = ['approved', 'fulfilling', 'verifying'];

/** Where the request stands, whom it waits for and what happens next; for an approver first of all the decision. */
export function PortalView({ shown, loading }: Props) {
  const { value: request, at } = shown;
  const { put, reload } = loading;
  const moments = useMoments();
  const now = useAppNow(request.now, at);
  const command = useCommand();
  const [changed, setChanged] = useState(false);
  const [dialog, setDialog] = useState<PortalDialogName>();
  const [told, setTold] = useState<string>();
  const article = useRef<HTMLElement>(null);
  const openDialog = (name: PortalDialogName) => {
    setTold(undefined);
    setDialog(name);
  };
  const closeDialog = () => setDialog(undefined);
  // What opened a dialog may be gone once the answer is there: then the focus goes to the page, never to nowhere.
  useEffect(() => {
    if (told !== undefined && document.activeElement === document.body) article.current?.focus();
  }, [told]);
  const proven = request.steps.some((step) => step.id === 'proven' && step.status === 'done');
  const { word, tone } = stateInWords({ state: request.state, hasProblems: request.problems.length > 0, proven });
  const overdue = request.overdue || (request.dueAt !== undefined && Date.parse(request.dueAt) <= now);

  const decide = async (decision: 'approve' | 'decline', comment: string) => {
    setChanged(false);
    const error = await command.run(decision, async () => {
      put(
        await portalCalls.decideStage({ decision, contentHash: request.contentHash, ...(comment ? { comment } : {}) }),
      );
      return decision === 'approve' ? en.decide.approved : en.decide.declined;
    });
    if (error?.code === 'content-changed') setChanged(true);
    if (error && ['content-changed', 'not-open', 'already-decided', 'not-approver'].includes(error.code))
      await reload();
  };

  return (
    <article className="pg-portal" aria-label={en.portal.label} ref={article} tabIndex={-1}>
      <StaleNotice
        madeAt={request.now}
        now={now}
        failed={shown.refreshFailed}
        refreshing={shown.refreshing}
        refresh={() => void reload()}
      />
      <header className="pg-head-top">
        <h1 className="pg-h2">
          <ForeignText>{request.summary}</ForeignText>
        </h1>
        <StateMark tone={tone}>{word}</StateMark>
      </header>
      {changed && (
        <Notice tone="warning" urgent title={en.panel.contentChangedTitle}>
          <p>{en.panel.contentChangedText}</p>
        </Notice>
      )}
      {request.raisedFor && (
        <Notice tone="information">
          <p className="pg-foreign">
            {request.raisedFor.text} <IssueLink issueKey={request.raisedFor.key} />
          </p>
        </Notice>
      )}
      {request.attested && (
        <Notice tone={request.attested.until ? 'warning' : 'information'} title={attestedTitle(request.attested)}>
          <p>
            {request.attested.until
              ? fill(en.attestation.portal.holds, { when: moments.dateTime(request.attested.until) })
              : en.attestation.portal.text}
          </p>
        </Notice>
      )}
      {(told ?? command.told) && <Notice tone="success" title={told ?? command.told} />}
      {request.mayDecide && (
        <DecisionForm command={command} decide={decide}>
          <AskedFacts request={request} />
        </DecisionForm>
      )}
      {request.problems.length > 0 && (
        <Notice tone="warning" title={en.portal.problemsTitle}>
          <ul className="pg-list">
            {request.problems.map((problem, index) => (
              <li key={index} className="pg-foreign">
                {problem}
              </li>
            ))}
          </ul>
          <p className="pg-hint">{en.portal.problemsHint}</p>
        </Notice>
      )}
      <ProgressSteps
        upright
        steps={request.steps.map((step) => ({
          id: step.id,
          status: step.status,
          text: step.text,
          ...(step.at ? { when: moments.soon(step.at, now) } : {}),
        }))}
      />
      <section className="pg-next" aria-labelledby="pg-next">
        <h2 id="pg-next" className="pg-h3">
          {en.portal.next}
        </h2>
        {request.mayDecide ? (
          <p className="pg-strong">{en.portal.waitingForYou}</p>
        ) : (
          request.waitingFor.length > 0 && (
            <p className="pg-strong pg-foreign">
              {fill(en.portal.waitingFor, {
                who: new Intl.ListFormat('en', { type: 'conjunction' }).format(request.waitingFor),
              })}
            </p>
          )
        )}
        <p>
          {request.attested && workable.includes(request.state)
            ? en.attestation.portal.next
            : (en.portal.nextBy[request.state] ?? '')}
        </p>
        {request.dueAt && !isOver(request.state) && (
          <p className={overdue ? 'pg-portal-late pg-text-danger' : 'pg-subtle'}>
            {overdue && <ToneIcon tone="danger" small />}
            {fill(overdue ? en.portal.overdue : en.portal.due, { when: moments.dateTime(request.dueAt) })}
          </p>
        )}
        {request.endsAt &&
          !request.holding &&
          !['declined', 'cancelled', 'deleted', 'lapsed'].includes(request.state) && (
            <p>{fill(en.portal.ends, { when: moments.dateTime(request.endsAt) })}</p>
          )}
      </section>
      {(request.holding || request.mayExtend || request.mayGiveBack) && (
        <section className="pg-next" aria-labelledby="pg-ends">
          <h2 id="pg-ends" className="pg-h3">
            {en.ends.title}
          </h2>
          {request.holding && <HoldingFacts holding={request.holding} now={now} />}
          {(request.mayExtend || request.mayGiveBack) && (
            <div className="pg-actions">
              {request.mayExtend && (
                <Button appearance={request.mayDecide ? 'default' : 'primary'} onClick={() => openDialog('extend')}>
                  {en.ends.extend.open}
                </Button>
              )}
              {request.mayGiveBack && <Button onClick={() => openDialog('give-back')}>{en.ends.giveBack.open}</Button>}
            </div>
          )}
        </section>
      )}
      {request.sweepLateSince && <p className="pg-hint">{en.notices.sweepLatePortal}</p>}
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
      <footer className="pg-foot">
        <span className="pg-hint">{fill(en.common.asOf, { time: moments.clock(request.now, now) })}</span>
        <Button appearance="subtle" spacing="compact" onClick={() => void reload()} isDisabled={shown.refreshing}>
          {shown.refreshing ? en.common.refreshing : en.common.refresh}
        </Button>
      </footer>
      <LiveRegion text={told ?? command.told} />
    </article>
  );
}

/** People's word is told as what it is. */
function attestedTitle(attested: NonNullable<PortalRequestView['attested']>): string {
  return attested.until ? en.attestation.title : en.attestation.portal.title;
}
