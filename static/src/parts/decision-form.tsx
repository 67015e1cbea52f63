import Button from '@atlaskit/button/new';
import { useState, type ReactNode } from 'react';
import { en } from '../texts/en';
import { FailedCall } from './failed-call';
import { Notice } from './notice';
import { TextAreaField } from './text-area-field';
import type { Command } from './use-command';

export type Decide = (decision: 'approve' | 'decline', comment: string) => Promise<void>;

/** What is asked, and the two answers to it. Declining is asked once more, because nothing takes it back. */
export function DecisionForm({ children, command, decide }: { children: ReactNode; command: Command; decide: Decide }) {
  const [comment, setComment] = useState('');
  const [declining, setDeclining] = useState(false);
  const busy = command.busy === 'approve' || command.busy === 'decline';
  const answer = (decision: 'approve' | 'decline') => void decide(decision, comment.trim());
  return (
    <section className="pg-card pg-card-asked" aria-labelledby="pg-decide">
      <h2 id="pg-decide" className="pg-h3">
        {en.decide.title}
      </h2>
      {children}
      <TextAreaField
        label={en.decide.comment}
        hint={en.decide.commentHint}
        value={comment}
        onChange={setComment}
        optional
      />
      {command.failed && command.failed.error.code !== 'content-changed' && (
        <FailedCall error={command.failed.error} at={command.failed.at} urgent />
      )}
      {declining && !busy ? (
        <Notice
          tone="warning"
          title={en.decide.confirmDecline}
          urgent
          actions={
            <div className="pg-actions">
              <Button appearance="danger" onClick={() => answer('decline')}>
                {en.decide.declineFor}
              </Button>
              <Button appearance="subtle" onClick={() => setDeclining(false)}>
                {en.common.cancel}
              </Button>
            </div>
          }
        >
          <p>{en.decide.confirmDeclineText}</p>
        </Notice>
      ) : (
        <div className="pg-actions">
          <Button
            appearance="primary"
            isLoading={command.busy === 'approve'}
            isDisabled={busy}
            onClick={() => answer('approve')}
          >
            {en.decide.approve}
          </Button>
          <Button isLoading={command.busy === 'decline'} isDisabled={busy} onClick={() => setDeclining(true)}>
            {en.decide.decline}
          </Button>
        </div>
      )}
      {busy && <p className="pg-hint">{command.busy === 'approve' ? en.decide.approving : en.decide.declining}</p>}
    </section>
  );
}
