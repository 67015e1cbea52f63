/** One request as its requester and its approvers see it. */
import { AppFrame } from '../frames/app-frame';
import { useIssueChanged } from '../frames/issue-changed';
import { PersonName } from '../shell/face';
import { StatusLozenge } from '../shell/lozenge';
import { Pending } from '../shell/notice';
import { Comments } from '../site-parts/comments';
import { get } from '../site/http';
import { shown } from '../site/instants';
import { type CustomerRequest, REQUEST, type User } from '../site/jira';
import { useLoaded } from '../site/use-loaded';
import { ApprovalCard } from './approval-card';
import { PortalLayout } from './portal-layout';

export function RequestPage({ issue }: { issue: string }) {
  const { value, error, reload } = useLoaded(
    () => get<CustomerRequest>(`${REQUEST}/${encodeURIComponent(issue)}?expand=status,requestType`),
    issue,
    2500,
  );
  useIssueChanged(issue, value?.currentStatus.status ?? '');
  const crumbs = [{ name: 'My requests', href: '/portal/requests' }];
  if (!value)
    return (
      <PortalLayout title={issue} crumbs={crumbs}>
        <Pending error={error} lines={6} />
      </PortalLayout>
    );
  const { status } = value.currentStatus;
  return (
    <PortalLayout title={value.summary} crumbs={crumbs} here={value.issueKey}>
      <div className="request">
        <div className="request__main">
          <ApprovalCard issue={issue} round={status} onAnswered={reload} />
          <section aria-label="Access" className="card card--flush">
            <h2 className="card__title">Access</h2>
            <AppFrame
              module="access-portal"
              title={`Access of ${issue}`}
              issue={issue}
              onRefresh={() => void reload()}
              minHeight={160}
            />
          </section>
          <section className="card">
            <h2 className="card__title">Your request</h2>
            <dl className="request__values">
              {value.requestFieldValues
                .filter((field) => field.value !== undefined && field.value !== null && field.value !== '')
                .map((field) => (
                  <div key={field.fieldId}>
                    <dt>{field.label}</dt>
                    <dd>
                      <PortalValue value={field.value} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
          <section aria-labelledby="portal-activity" className="card">
            <h2 id="portal-activity" className="card__title">
              Activity
            </h2>
            <Comments issue={issue} internal={false} />
          </section>
        </div>
        <aside className="request__side" aria-label="Status of the request">
          <StatusLozenge name={status} category={value.currentStatus.statusCategory} />
          <dl className="request__facts">
            <dt>Reference</dt>
            <dd>{value.issueKey}</dd>
            <dt>Request type</dt>
            <dd>{value.requestType?.name}</dd>
            <dt>Requester</dt>
            <dd>
              <PersonName name={value.reporter.displayName} />
            </dd>
          </dl>
          <h2 className="request__heading">Timeline</h2>
          <ol className="timeline">
            {[...(value.status?.values ?? [])]
              .sort((a, b) => a.statusDate.epochMillis - b.statusDate.epochMillis)
              .map((round, index) => (
                <li key={index}>
                  <strong>{round.status}</strong>
                  <span className="subtle">{shown(round.statusDate.epochMillis)}</span>
                </li>
              ))}
          </ol>
        </aside>
      </div>
    </PortalLayout>
  );
}

function PortalValue({ value }: { value: unknown }) {
  if (typeof value === 'string') return <span className="paragraph">{value}</span>;
  if (Array.isArray(value)) return <span>{(value as User[]).map((user) => user.displayName).join(', ')}</span>;
  const { displayName, epochMillis, iso8601 } = value as {
    displayName?: string;
    epochMillis?: number;
    iso8601?: string;
  };
  if (displayName !== undefined) return <PersonName name={displayName} />;
  if (epochMillis !== undefined) return <span>{shown(epochMillis)}</span>;
  return <span>{iso8601 ?? JSON.stringify(value)}</span>;
}
