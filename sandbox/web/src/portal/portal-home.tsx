import { Link } from '../routing/address';
import { AddIcon, PersonRemoveIcon, RefreshIcon } from '../shell/icons';
import { Notice, Pending } from '../shell/notice';
import { get } from '../site/http';
import { DESK, type Page, type RequestType } from '../site/jira';
import { useLoaded } from '../site/use-loaded';
import { PortalLayout, usePendingApprovals } from './portal-layout';

const ICONS = { 'Request access': AddIcon, 'Change access': RefreshIcon, 'Remove access': PersonRemoveIcon };

export function PortalHome() {
  const { value, error } = useLoaded(() => get<Page<RequestType>>(`${DESK}/requesttype`), 'request types');
  const pending = usePendingApprovals().value?.values ?? [];
  return (
    <PortalLayout title="What can we help you with?">
      {pending.length > 0 && (
        <Notice
          kind="info"
          title={
            pending.length === 1
              ? 'One request waits for your approval'
              : `${pending.length} requests wait for your approval`
          }
        >
          {pending.map((request) => (
            <p key={request.issueKey}>
              <Link href={`/portal/request/${request.issueKey}`}>
                {request.issueKey}: {request.summary}
              </Link>
            </p>
          ))}
        </Notice>
      )}
      {!value ? (
        <Pending error={error} />
      ) : (
        <ul className="tiles">
          {value.values.map((type) => {
            const Icon = ICONS[type.name as keyof typeof ICONS] ?? AddIcon;
            return (
              <li key={type.id}>
                <Link href={`/portal/create/${type.id}`} className="tile">
                  <span className="tile__icon">
                    <Icon label="" />
                  </span>
                  <span>
                    <strong>{type.name}</strong>
                    <span className="subtle">{type.description}</span>
                  </span>
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </PortalLayout>
  );
}
