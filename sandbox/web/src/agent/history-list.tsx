import { Face } from '../shell/face';
import { shown } from '../site/instants';
import type { History } from '../site/jira';

export function HistoryList({ histories }: { histories: History[] }) {
  if (histories.length === 0) return <p className="subtle">Nothing has been changed yet.</p>;
  return (
    <ul className="entries">
      {histories.map((history) => (
        <li key={history.id} className="entry">
          <Face name={history.author.displayName} size={32} />
          <div className="entry__text">
            <p className="entry__head">
              <strong>{history.author.displayName}</strong> <span className="subtle">{shown(history.created)}</span>
            </p>
            {history.items.map((item, index) => (
              <p key={index}>
                changed <strong>{item.field}</strong>{' '}
                <span className="entry__from">{own(item, 'fromString') ?? 'None'}</span> →{' '}
                {own(item, 'toString') ?? 'None'}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Jira calls a member `toString`; an object without it has one all the same. */
const own = (item: object, name: 'fromString' | 'toString'): string | undefined => {
  const value: unknown = Object.getOwnPropertyDescriptor(item, name)?.value;
  return typeof value === 'string' && value !== '' ? value : undefined;
};
