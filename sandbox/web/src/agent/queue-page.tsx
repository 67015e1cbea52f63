/** One queue of the desk as a table. */
import { Link } from '../routing/address';
import { isAgent } from '../session/role-words';
import { useSession } from '../session/session';
import { PersonName } from '../shell/face';
import { StatusLozenge } from '../shell/lozenge';
import { Notice, Pending } from '../shell/notice';
import { get } from '../site/http';
import { shown } from '../site/instants';
import { DESK, type Page, type Status, type User } from '../site/jira';
import { useLoaded } from '../site/use-loaded';
import { AgentLayout, useQueues } from './agent-layout';

interface Row {
  key: string;
  fields: {
    issuetype: { name: string };
    summary: string;
    reporter: User | null;
    assignee: User | null;
    status: Status;
    created: string;
  };
}

export function QueuePage({ queue }: { queue: string | undefined }) {
  const { person } = useSession();
  const chosen = queue ?? '1';
  if (person && !isAgent(person))
    return (
      <main id="main" className="page page--narrow">
        <Notice kind="info" title="Queues are for agents">
          {person.displayName} is no agent of this desk.{' '}
          {person.licensed ? 'Requests open by their address all the same.' : ''} The <Link href="/portal">portal</Link>{' '}
          shows own requests and approvals.
        </Notice>
      </main>
    );
  return (
    <AgentLayout queue={chosen}>
      <QueueTable queue={chosen} />
    </AgentLayout>
  );
}

function QueueTable({ queue }: { queue: string }) {
  const { value, error } = useLoaded(() => get<Page<Row>>(`${DESK}/queue/${queue}/issue?limit=50`), queue, 3000);
  const name = useQueues().value?.values.find(({ id }) => id === queue)?.name ?? 'Queue';
  return (
    <>
      <h1 className="page-title">{name}</h1>
      {!value ? (
        <Pending error={error} lines={6} />
      ) : value.values.length === 0 ? (
        <div className="empty">
          <strong>Nothing in this queue</strong>
          <p>
            A request arrives when somebody asks for access in the <Link href="/portal">portal</Link>.
          </p>
        </div>
      ) : (
        <div className="table-box">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Key</th>
                <th scope="col">Summary</th>
                <th scope="col">Request type</th>
                <th scope="col">Reporter</th>
                <th scope="col">Assignee</th>
                <th scope="col">Status</th>
                <th scope="col">Created</th>
              </tr>
            </thead>
            <tbody>
              {value.values.map(({ key, fields }) => (
                <tr key={key}>
                  <td className="nowrap">
                    <Link href={`/agent/issue/${key}`}>{key}</Link>
                  </td>
                  <td>
                    <Link href={`/agent/issue/${key}`} className="table__title">
                      {fields.summary}
                    </Link>
                  </td>
                  <td className="nowrap">{fields.issuetype.name}</td>
                  <td className="nowrap">{fields.reporter && <PersonName name={fields.reporter.displayName} />}</td>
                  <td className="nowrap">
                    {fields.assignee ? (
                      <PersonName name={fields.assignee.displayName} />
                    ) : (
                      <span className="subtle">Unassigned</span>
                    )}
                  </td>
                  <td className="nowrap">
                    <StatusLozenge name={fields.status.name} category={fields.status.statusCategory?.key} />
                  </td>
                  <td className="nowrap subtle">{shown(fields.created)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
