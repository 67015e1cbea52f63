import type { ReactNode } from 'react';
import { NoticeIcon, type NoticeKind } from './icons';

/** Something to know, with what to do about it. */
export function Notice({
  kind = 'info',
  title,
  children,
}: {
  kind?: NoticeKind;
  title?: string;
  children?: ReactNode;
}) {
  return (
    <div className={`notice notice--${kind}`} role={kind === 'error' ? 'alert' : undefined}>
      <NoticeIcon kind={kind} />
      <div>
        {title !== undefined && <strong>{title}</strong>}
        {children !== undefined && <div>{children}</div>}
      </div>
    </div>
  );
}

/** What a page shows until it has something, or when it could not get it. */
export function Pending({ error, lines = 3 }: { error: Error | undefined; lines?: number }) {
  if (error)
    return (
      <Notice kind="error" title="This could not be loaded">
        {error.message}
      </Notice>
    );
  return (
    <div className="skeleton" aria-busy="true" aria-label="Loading">
      {Array.from({ length: lines }, (_, i) => (
        <span key={i} />
      ))}
    </div>
  );
}
