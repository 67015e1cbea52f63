/** The icons of the pages, all from Atlaskit's core set. */
import CrossIcon from '@atlaskit/icon/core/cross';
import StatusError from '@atlaskit/icon/core/status-error';
import StatusInformation from '@atlaskit/icon/core/status-information';
import StatusSuccess from '@atlaskit/icon/core/status-success';
import StatusWarning from '@atlaskit/icon/core/status-warning';

export { default as AddIcon } from '@atlaskit/icon/core/add';
export { default as ChevronDownIcon } from '@atlaskit/icon/core/chevron-down';
export { default as ChevronRightIcon } from '@atlaskit/icon/core/chevron-right';
export { default as ClockIcon } from '@atlaskit/icon/core/clock';
export { default as DatabaseIcon } from '@atlaskit/icon/core/database';
export { default as DownloadIcon } from '@atlaskit/icon/core/download';
export { default as EditIcon } from '@atlaskit/icon/core/edit';
export { default as FlaskIcon } from '@atlaskit/icon/core/flask';
export { default as HomeIcon } from '@atlaskit/icon/core/home';
export { default as InboxIcon } from '@atlaskit/icon/core/inbox';
export { default as LockIcon } from '@atlaskit/icon/core/lock-locked';
export { default as MoonIcon } from '@atlaskit/icon/core/theme';
export { default as PersonAddIcon } from '@atlaskit/icon/core/person-add';
export { default as PersonRemoveIcon } from '@atlaskit/icon/core/person-remove';
export { default as RefreshIcon } from '@atlaskit/icon/core/refresh';
export { default as CheckIcon } from '@atlaskit/icon/core/check-mark';
export { default as SettingsIcon } from '@atlaskit/icon/core/settings';
export { default as ShieldIcon } from '@atlaskit/icon/core/shield';
export { default as LobbyIcon } from '@atlaskit/icon/core/lobby-bell';
export { default as PeopleIcon } from '@atlaskit/icon/core/people-group';
export const CloseIcon = CrossIcon;

export type NoticeKind = 'info' | 'success' | 'warning' | 'error';

const ICONS = { info: StatusInformation, success: StatusSuccess, warning: StatusWarning, error: StatusError };
const COLORS = {
  info: 'var(--ds-icon-information)',
  success: 'var(--ds-icon-success)',
  warning: 'var(--ds-icon-warning)',
  error: 'var(--ds-icon-danger)',
} as const;
const LABELS = { info: 'Information', success: 'Success', warning: 'Warning', error: 'Error' };

export function NoticeIcon({ kind }: { kind: NoticeKind }) {
  const Icon = ICONS[kind];
  return <Icon label={LABELS[kind]} color={COLORS[kind] as never} />;
}
