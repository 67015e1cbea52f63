import CheckCircleIcon from '@atlaskit/icon/core/status-success';
import ErrorIcon from '@atlaskit/icon/core/status-error';
import InformationIcon from '@atlaskit/icon/core/status-information';
import WarningIcon from '@atlaskit/icon/core/status-warning';
import ClockIcon from '@atlaskit/icon/core/clock';
import QuestionIcon from '@atlaskit/icon/core/question-circle';
import type { Tone } from './tone';

const icons = {
  neutral: ClockIcon,
  information: InformationIcon,
  success: CheckCircleIcon,
  warning: WarningIcon,
  danger: ErrorIcon,
  unknown: QuestionIcon,
} as const;

/** The icon of a tone, in its colour. The word stands next to it, so that it needs no name of its own. */
export function ToneIcon({ tone, small }: { tone: Tone; small?: boolean }) {
  const Icon = icons[tone];
  return (
    <span className={`pg-icon pg-icon-${tone}`}>
      <Icon label="" size={small ? 'small' : 'medium'} />
    </span>
  );
}
