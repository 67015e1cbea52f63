import { Link } from '../routing/address';
import { PersonName } from '../shell/face';
import { StatusLozenge } from '../shell/lozenge';
import { Pending } from '../shell/notice';
import { get } from '../site/http';
import { shown } from '../site/instants';
import { type CustomerRequest, type Page, REQUEST } from '../site/jira';
import { useLoaded } from '../site/use-loaded';
import { PortalLayout } from './portal-layout';

type Kind = 'requests' | 'approvals';

const QUERIES: Record<Kind, string[]> = {
  requests: ['requestOwnership=OWNED_REQUESTS'],
  approvals: ['approvalStatus=MY_PENDING_APPROVAL', 'approvalStatus=MY_HISTORY_APPROVAL'],
};
const TITLES: Record<Kind, string> = { requests: 'My requests', approvals: 'My approvals' };

async function listed(kind: Kind): Promise<CustomerRequest[]> {
  const pages = await Promise.all(
    QUERIES[kind].map((query) => get<Page<CustomerRequest>>(`${REQUEST}?${query}&limit=50`)),
  );
  return pages.flatMap((page) => page.values);
}

export function RequestListPage({ kind }: { kind: Kind }) {
  const { value, error } = useLoaded(() => listed(kind), kind, 3000);
  return (
    <PortalLayout title={TITLES[kind]}>
      {!value ? (
        <Pending error={error} lines={4} />
      ) : value.length === 0 ? (
        <div className="empty">
          <strong>
            {kind === 'requests' ? 'You have asked for nothing yet' : 'Nobody has asked for your approval'}
          </strong>
          <p>
            {kind === 'requests' ? (
              <>
                <Link href="/portal">Raise a request</Link> and follow it here until the access is proven.
              </>
            ) : (
              'Requests arrive here when policy names you as an approver.'
            )}
          </p>
        </div>
      ) : (
        <div className="table-box">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Reference</th>
                <th scope="col">Summary</th>
                <th scope="col">Status</th>
                <th scope="col">Requester</th>
                <th scope="col">Created</th>
              </tr>
            </thead>
            <tbody>
              {value.map((request) => (
                <tr key={request.issueKey}>
                  <td className="nowrap">
                    <Link href={`/portal/request/${request.issueKey}`}>{request.issueKey}</Link>
                  </td>
                  <td>
                    <Link href={`/portal/request/${request.issueKey}`} className="table__title">
                      {request.summary}
                    </Link>
                  </td>
                  <td className="nowrap">
                    <StatusLozenge
                      name={request.currentStatus.status}
                      category={request.currentStatus.statusCategory}
                    />
                  </td>
                  <td className="nowrap">
                    <PersonName name={request.reporter.displayName} />
                  </td>
                  <td className="nowrap subtle">{shown(request.createdDate.epochMillis)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </PortalLayout>
  );
}
