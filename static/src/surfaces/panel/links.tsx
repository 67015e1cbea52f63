import type { RequestView } from '../../../../src/contract/request-view';
import { IssueLink } from '../../parts/issue-link';
import { en } from '../../texts/en';

/** Other issues of the same access that nothing above names: the one it came from, the one it was raised for. */
export function Links({ request }: { request: RequestView }) {
  const told = request.items.flatMap(({ holding }) => [
    holding?.revocation?.key,
    ...(holding?.extensions ?? []).map(({ key }) => key),
  ]);
  const links = request.items.flatMap((item) => item.links).filter(({ key }) => !told.includes(key));
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
