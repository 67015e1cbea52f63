import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { Notice } from '../../../parts/notice';
import { en, fill } from '../../../texts/en';
import { approveAddresses } from './approve-address';

interface Props {
  readonly origins: readonly string[];
  readonly group: string;
  readonly name: string;
  readonly approved?: (() => void) | undefined;
}

/** Jira lets the app out only to approved addresses: says so, and asks for the approval where the host offers that. */
export function AddressApproval({ origins, group, name, approved }: Props) {
  const words = en.admin.connectors;
  const [asking, setAsking] = useState(false);
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof approveAddresses>>>();
  const origin = origins.join(', ');
  const ask = async () => {
    setAsking(true);
    const told = await approveAddresses(group, fill(words.approveGroup, { name }), origins);
    setAnswer(told);
    setAsking(false);
    if (told.approved) approved?.();
  };
  if (answer?.approved) {
    return (
      <Notice tone="success" title={words.approvedTitle}>
        <p className="pg-foreign">{fill(words.approved, { origin })}</p>
      </Notice>
    );
  }
  return (
    <Notice
      tone="warning"
      title={words.approveTitle}
      actions={
        <Button onClick={() => void ask()} isLoading={asking}>
          {answer ? words.approveAgain : words.approve}
        </Button>
      }
    >
      <p className="pg-foreign">{fill(words.approveText, { origin })}</p>
      {answer && <p className="pg-foreign">{fill(words.approveFailed, { why: answer.why, origin })}</p>}
    </Notice>
  );
}
