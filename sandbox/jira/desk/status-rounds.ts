import { historyOf } from '../issues/issue-answers';
import type { IssueRecord } from '../records';
import type { Site } from '../site-state';

/** Every status the request has been in, newest first, with the instant it was reached. */
export function statusRounds(site: Site, issue: IssueRecord): Array<{ statusId: string; since: number }> {
  const changes = historyOf(site, issue.id).flatMap((history) =>
    history.items.filter((item) => item.field === 'status').map((item) => ({ item, at: history.at })),
  );
  const first = changes[0]?.item.from ?? issue.statusId;
  const rounds = [{ statusId: first, since: issue.created }];
  for (const { item, at } of changes) if (item.to !== null) rounds.push({ statusId: item.to, since: at });
  return rounds.reverse();
}
