import type { ReactNode } from 'react';

/** Nothing is here yet: why, and what would fill it. */
export function EmptyTab({ title, text, action }: { title: string; text: string; action?: ReactNode }) {
  return (
    <div className="pg-empty">
      <h3 className="pg-h3">{title}</h3>
      <p className="pg-subtle">{text}</p>
      {action}
    </div>
  );
}
