/** Comments and history, in tabs as Jira has them. */
import { useRef, useState } from 'react';
import { Comments } from '../site-parts/comments';
import type { Issue } from '../site/jira';
import { HistoryList } from './history-list';

const TABS = [
  { id: 'comments', name: 'Comments' },
  { id: 'history', name: 'History' },
] as const;

export function Activity({ issue }: { issue: Issue }) {
  const [tab, setTab] = useState<(typeof TABS)[number]['id']>('comments');
  const list = useRef<HTMLDivElement>(null);
  const other = () => {
    const next = tab === 'comments' ? 'history' : 'comments';
    setTab(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <section className="issue__section" aria-labelledby="activity-heading">
      <h2 id="activity-heading">Activity</h2>
      <div
        ref={list}
        role="tablist"
        aria-labelledby="activity-heading"
        className="tabs"
        onKeyDown={(event) => {
          if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') other();
        }}
      >
        {TABS.map(({ id, name }) => (
          <button
            key={id}
            id={`tab-${id}`}
            type="button"
            role="tab"
            className="tabs__tab"
            aria-selected={tab === id}
            aria-controls="activity"
            tabIndex={tab === id ? 0 : -1}
            onClick={() => setTab(id)}
          >
            {name}
          </button>
        ))}
      </div>
      <div id="activity" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'comments' ? (
          <Comments issue={issue.key} internal />
        ) : (
          <HistoryList histories={issue.changelog.histories} />
        )}
      </div>
    </section>
  );
}
