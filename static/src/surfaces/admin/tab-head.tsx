import type { ReactNode } from 'react';

/** What a tab is about, and its one action. */
export function TabHead({ title, lead, action }: { title: string; lead: string; action?: ReactNode }) {
  return (
    <header className="pg-tab-head">
      <div>
        <h2 className="pg-h2 pg-strong">{title}</h2>
        <p className="pg-subtle">{lead}</p>
      </div>
      {action}
    </header>
  );
}
