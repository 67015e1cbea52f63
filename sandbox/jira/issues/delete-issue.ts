import type { IssueRecord } from '../records';
import { childPrefix, childRow, row, type Site } from '../site-state';
import { linksOf, removeLink } from './links';
import { publishIssueEvent } from './publish-change';

/** Deletes an issue with everything that hangs on it. Call it inside a transaction. */
export function deleteIssue(site: Site, issue: IssueRecord, actor: string): void {
  eraseIssue(site, issue);
  publishIssueEvent(site, 'deleted', issue, actor);
}

/** The same without a word to anybody, as when the project goes. */
export function eraseIssue(site: Site, issue: IssueRecord): void {
  const { tables } = site;
  for (const link of linksOf(site, issue.id)) removeLink(site, link);
  for (const table of [tables.history, tables.comments, tables.approvals]) {
    for (const child of table.entries({ prefix: childPrefix(issue.id) })) {
      table.remove(childRow(issue.id, child[1].id));
    }
  }
  for (const [key] of tables.properties.entries({ prefix: childPrefix(issue.id) })) tables.properties.remove(key);
  tables.issues.remove(row(issue.id));
  for (const key of [issue.key, ...(issue.formerKeys ?? [])]) tables.issueIdByKey.remove(key);
}
