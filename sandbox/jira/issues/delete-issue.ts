import type { IssueRecord } from '../records';
import { childPrefix, childRow, row, type Site } from '../site-state';
import { linksOf, removeLink } from './links';
import { publishIssueEvent } from './publish-change';

/** Deletes an issue with everything that hangs on it. Call it inside a transaction. */
export function deleteIssue(site: Site, issue: IssueRecord, actor: string): void {
  const { tables } = site;
  for (const link of linksOf(site, issue.id)) removeLink(site, link);
  for (const table of [tables.history, tables.comments, tables.approvals]) {
    for (const child of table.entries({ prefix: childPrefix(issue.id) })) {
      table.remove(childRow(issue.id, child[1].id));
    }
  }
  for (const [key] of tables.properties.entries({ prefix: childPrefix(issue.id) })) tables.properties.remove(key);
  tables.issues.remove(row(issue.id));
  tables.issueIdByKey.remove(issue.key);
  publishIssueEvent(site, 'deleted', issue, actor);
}
