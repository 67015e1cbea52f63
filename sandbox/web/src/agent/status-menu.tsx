/** The status with its transitions; when the workflow says no, what it says. */
import { useState } from 'react';
import { rememberRefusal } from '../landing/story';
import { ChevronDownIcon } from '../shell/icons';
import { StatusLozenge } from '../shell/lozenge';
import { useFlags } from '../shell/flags';
import { Notice } from '../shell/notice';
import { PopoverMenu } from '../shell/popover-menu';
import { post } from '../site/http';
import { ISSUE, type Issue, type Status, type Transition } from '../site/jira';

export function StatusMenu({ issue, onMoved }: { issue: Issue; onMoved: () => Promise<void> }) {
  const [busy, setBusy] = useState<string>();
  const [refused, setRefused] = useState<{ name: string; reason: string; status: string }>();
  const flags = useFlags();
  const status = issue.fields['status'] as Status;

  const move = async (transition: Transition) => {
    setBusy(transition.name);
    setRefused(undefined);
    try {
      await post(`${ISSUE}/${issue.key}/transitions`, { transition: { id: transition.id } });
      flags.show({ type: 'success', title: `${issue.key} is ${transition.to.name}` });
    } catch (error) {
      setRefused({ name: transition.name, reason: (error as Error).message, status: status.id });
      if (transition.name === 'Resolve') rememberRefusal(issue.key);
    }
    await onMoved();
    setBusy(undefined);
  };

  return (
    <div className="status-menu">
      <PopoverMenu
        label={`Status: ${status.name}. Change status`}
        className={`status-button status-button--${status.statusCategory?.key ?? 'new'}`}
        disabled={busy !== undefined}
        heading="Move to"
        empty="No transition is on offer to you in this status."
        button={
          <>
            {busy === undefined ? status.name : `${busy} …`}
            <ChevronDownIcon label="" size="small" />
          </>
        }
        items={issue.transitions.map((transition) => ({
          key: transition.id,
          onSelect: () => void move(transition),
          content: (
            <>
              <span className="status-menu__name">{transition.name}</span>
              <span aria-hidden="true">→</span>
              <StatusLozenge name={transition.to.name} category={transition.to.statusCategory?.key} />
            </>
          ),
        }))}
      />
      {refused && refused.status === status.id && (
        <Notice kind="error" title={`${refused.name} was refused`}>
          {refused.reason}
        </Notice>
      )}
    </div>
  );
}
