import type { RequestView } from '../../../../src/contract/request-view';
import { IssueLink } from '../../parts/issue-link';
import { en } from '../../texts/en';

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
            {en.links.kinds[link.kind] ?? link.kind} <IssueLink issueKey={link.key} />
          </li>
        ))}
      </ul>
    </section>
  );
}
