/** The agents' side of the desk: queues on the left, as in Jira. */
import type { ReactNode } from 'react';
import { Link } from '../routing/address';
import { useSession } from '../session/session';
import { InboxIcon } from '../shell/icons';
import { get } from '../site/http';
import { DESK, type Page } from '../site/jira';
import { useLoaded } from '../site/use-loaded';
import './agent.css';

export interface Queue {
  id: string;
  name: string;
  issueCount: number;
}

export function useQueues() {
  return useLoaded(() => get<Page<Queue>>(`${DESK}/queue?includeCount=true`), 'queues', 4000);
}

export function AgentLayout({ queue, children }: { queue?: string | undefined; children: ReactNode }) {
  const { project } = useSession();
  const { value } = useQueues();
  return (
    <div className="with-side">
      <aside className="side">
        <div className="side__project">
          <span className="side__badge" aria-hidden="true">
            {project.key.slice(0, 1)}
          </span>
          <span>
            <strong>{project.name}</strong>
            <small>Service project</small>
          </span>
        </div>
        <nav aria-label="Queues">
          <h2 className="side__heading">Queues</h2>
          <ul>
            {value?.values.map((one) => (
              <li key={one.id}>
                <Link
                  href={`/agent/queue/${one.id}`}
                  className="side__link"
                  aria-current={one.id === queue ? 'page' : undefined}
                >
                  <InboxIcon label="" />
                  <span>{one.name}</span>
                  <span className="side__count">{one.issueCount}</span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </aside>
      <main id="main" className="with-side__main">
        {children}
      </main>
    </div>
  );
}
