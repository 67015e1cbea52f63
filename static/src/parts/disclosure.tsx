import ChevronIcon from '@atlaskit/icon/core/chevron-right';
import type { ReactNode } from 'react';

/** Something that is opened when it is needed. */
export function Disclosure({ summary, children, label }: { summary: string; children: ReactNode; label?: string }) {
  return (
    <details className="pg-disclosure">
      <summary aria-label={label}>
        <ChevronIcon label="" size="small" />
        <span>{summary}</span>
      </summary>
      <div className="pg-disclosure-body">{children}</div>
    </details>
  );
}
