import type { ReactNode } from 'react';
import { ToneIcon } from './tone-icon';
import type { Tone } from './tone';

interface Props {
  readonly tone: Tone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Told at once: for what just went wrong. */
  readonly urgent?: boolean;
}

/** Something a person should know, with what can be done about it. */
export function Notice({ tone, title, children, actions, urgent }: Props) {
  return (
    <div className={`pg-notice pg-notice-${tone}`} role={urgent ? 'alert' : undefined}>
      <ToneIcon tone={tone} />
      <div className="pg-notice-body">
        {title && <p className="pg-notice-title">{title}</p>}
        {children && <div className="pg-notice-text">{children}</div>}
        {actions && <div className="pg-actions">{actions}</div>}
      </div>
    </div>
  );
}
