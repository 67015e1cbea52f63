import type { RequestView } from '../../../../src/contract/request-view';
import { openIssue } from '../../frame';
import { en, fill } from '../../texts/en';

/** Other issues of the same access: the one that removes it, the one it came from. */
export function Links({ request }: { request: RequestView }) {
  const links = request.items.flatMap((item) => item.links);
  if (links.length === 0) return null;
  return (
    <section aria-labelledby="pg-links">
      <h2 id="pg-links" className="pg-h3">
        {en.links.title}
      </h2>
      <ul className="pg-inline-list">
        {links.map((link) => (
          <li key={`${link.kind} ${link.key}`}>
            {en.links.kinds[link.kind] ?? link.kind}{' '}
            <button
              type="button"
              className="pg-link"
              aria-label={fill(en.links.open, { key: link.key })}
              onClick={() => void openIssue(link.key)}
            >
              {link.key}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
