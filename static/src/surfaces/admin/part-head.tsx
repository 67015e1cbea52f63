import type { ReactNode } from 'react';

/** What a part of a tab is about, and its one action. */
export function PartHead({ id, title, lead, action }: { id: string; title: string; lead: string; action?: ReactNode }) {
  return (
    <header className="pg-tab-head">
      <div>
        <h3 id={id} className="pg-h3">
          {title}
        </h3>
        <p className="pg-subtle">{lead}</p>
      </div>
      {action}
    </header>
  );
}
