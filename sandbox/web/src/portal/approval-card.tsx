/** JSM's own approval: who is asked, and the two buttons for whom it asks. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { Face } from '../shell/face';
import { useFlags } from '../shell/flags';
import { Lozenge } from '../shell/lozenge';
import { get, post } from '../site/http';
import { type Approval, type Page, REQUEST } from '../site/jira';
import { useLoaded } from '../site/use-loaded';

const WORDS: Record<string, { word: string; tone: string }> = {
  pending: { word: 'Waiting', tone: 'amber' },
  approved: { word: 'Approved', tone: 'green' },
  declined: { word: 'Declined', tone: 'red' },
};

export function ApprovalCard({
  issue,
  round,
  onAnswered,
}: {
  issue: string;
  round: string;
  onAnswered: () => Promise<void>;
}) {
  const { value, reload } = useLoaded(
    () => get<Page<Approval>>(`${REQUEST}/${issue}/approval`),
    `approvals ${issue} ${round}`,
    4000,
  );
  const [busy, setBusy] = useState(false);
  const flags = useFlags();
  const open = value?.values.find((approval) => approval.finalDecision === 'pending');
  if (!open) return null;

  const answer = async (decision: 'approve' | 'decline') => {
    setBusy(true);
    try {
      await post(`${REQUEST}/${issue}/approval/${open.id}`, { decision });
      flags.show({
        type: 'success',
        title: decision === 'approve' ? `You approved ${issue}` : `You declined ${issue}`,
      });
    } catch (error) {
      flags.show({ type: 'error', title: 'Your answer was not taken', description: (error as Error).message });
    }
    await Promise.all([reload(), onAnswered()]);
    setBusy(false);
  };

  return (
    <section className="card approval" aria-labelledby="approval-heading">
      <h2 id="approval-heading" className="card__title">
        {open.canAnswerApproval ? 'Your approval is asked for' : 'Waiting for approval'}
      </h2>
      <ul className="plain-list approval__people">
        {open.approvers.map(({ approver, approverDecision }) => (
          <li key={approver.accountId}>
            <Face name={approver.displayName} size={24} />
            <span>{approver.displayName}</span>
            <Lozenge tone={WORDS[approverDecision]?.tone ?? 'neutral'}>
              {WORDS[approverDecision]?.word ?? approverDecision}
            </Lozenge>
          </li>
        ))}
      </ul>
      {open.canAnswerApproval && (
        <div className="approval__buttons">
          <Button appearance="primary" isDisabled={busy} onClick={() => void answer('approve')}>
            Approve
          </Button>
          <Button isDisabled={busy} onClick={() => void answer('decline')}>
            Decline
          </Button>
        </div>
      )}
    </section>
  );
}
