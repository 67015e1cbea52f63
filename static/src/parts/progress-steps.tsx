import CheckIcon from '@atlaskit/icon/core/check-mark';
import CrossIcon from '@atlaskit/icon/core/cross';
import { en } from '../texts/en';

export interface ProgressStep {
  readonly id: string;
  readonly status: 'done' | 'now' | 'later' | 'failed';
  readonly text: string;
  readonly when?: string;
}

/** How far something is: each step with a sign, a word and, once known, its time. */
export function ProgressSteps({ steps, upright }: { steps: readonly ProgressStep[]; upright?: boolean }) {
  return (
    <ol className={upright ? 'pg-steps pg-steps-upright' : 'pg-steps'} aria-label={en.steps.label}>
      {steps.map((step) => (
        <li
          key={step.id}
          className={`pg-step pg-step-${step.status}`}
          aria-current={step.status === 'now' ? 'step' : undefined}
        >
          <span className="pg-step-sign" aria-hidden="true">
            {step.status === 'done' && <CheckIcon label="" size="small" />}
            {step.status === 'failed' && <CrossIcon label="" size="small" />}
          </span>
          <span className="pg-step-text">
            <span className="pg-step-word">{step.text}</span>
            <span className="pg-hidden"> ({en.steps.status[step.status]})</span>
            {step.when && <span className="pg-step-when">{step.when}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
