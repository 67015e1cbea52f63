/** One request as an agent works on it. */
import { useEffect } from 'react';
import { AppFrame } from '../frames/app-frame';
import { useIssueChanged } from '../frames/issue-changed';
import { rememberLook } from '../landing/story';
import { Link } from '../routing/address';
import { Pending } from '../shell/notice';
import { get } from '../site/http';
import { ISSUE, type Issue } from '../site/jira';
import { useLoaded } from '../site/use-loaded';
import { Activity } from './activity';
import { AgentLayout } from './agent-layout';
import { DetailFields } from './detail-fields';
import { EditableField } from './editable-field';
import { StatusMenu } from './status-menu';

export function IssuePage({ issue: key }: { issue: string }) {
  const {
    value: issue,
    error,
    reload,
  } = useLoaded(
    () => get<Issue>(`${ISSUE}/${encodeURIComponent(key)}?expand=names,transitions,changelog,editmeta`),
    key,
    2500,
  );
  useEffect(() => {
    document.title = `${key} · Access desk`;
    rememberLook(key);
    return () => void (document.title = 'Access desk · Sandbox');
  }, [key]);
  return (
    <AgentLayout>
      <nav aria-label="Breadcrumbs" className="crumbs">
        <Link href="/agent">Queues</Link>
        <span aria-hidden="true">/</span>
        <span aria-current="page">{key}</span>
      </nav>
      {issue ? <IssueView issue={issue} reload={reload} /> : <Pending error={error} lines={8} />}
    </AgentLayout>
  );
}

function IssueView({ issue, reload }: { issue: Issue; reload: () => Promise<void> }) {
  useIssueChanged(issue.key, `${String(issue.fields['updated'])} ${(issue.fields['status'] as { name: string }).name}`);
  const idOf = (name: string) => Object.entries(issue.names).find(([, known]) => known === name)?.[0];
  const justification = idOf('Justification');
  return (
    <div className="issue">
      <div className="issue__main">
        <EditableField issue={issue} id="summary" heading onSaved={reload} />
        <section aria-label="Access" className="issue__panel">
          <h2>Access</h2>
          <AppFrame
            module="access-panel"
            title={`Access of ${issue.key}`}
            issue={issue.key}
            onRefresh={() => void reload()}
            minHeight={180}
          />
        </section>
        {justification !== undefined && (
          <section className="issue__section">
            <h2>Justification</h2>
            <EditableField issue={issue} id={justification} onSaved={reload} bare />
          </section>
        )}
        <Activity issue={issue} />
      </div>
      <aside className="issue__side" aria-label="Details of the request">
        <StatusMenu issue={issue} onMoved={reload} />
        <section className="card card--flush">
          <h2 className="card__title">Access proof</h2>
          <AppFrame
            module="access-context"
            title={`Access proof of ${issue.key}`}
            issue={issue.key}
            onRefresh={() => void reload()}
            minHeight={72}
          />
        </section>
        <DetailFields
          issue={issue}
          onSaved={reload}
          without={['summary', ...(justification === undefined ? [] : [justification])]}
        />
      </aside>
    </div>
  );
}
