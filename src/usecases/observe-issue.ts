import type { Ports } from './ports';
import { followDeletion, followIssue } from './steps/follow-issue';

/**
 * Looks at an issue because something happened to it (or might have) and brings the request up to it. An issue that the
 * app cannot find any more is treated as deleted only when Jira said so (`deleted`).
 */
export async function observeIssue(
  ports: Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs' | 'issues' | 'configuration' | 'targets' | 'ids'>,
  happened: { readonly issueId: string; readonly deleted: boolean },
): Promise<void> {
  if (happened.deleted) return followDeletion(ports, happened.issueId);
  const issue = await ports.issues.read(happened.issueId);
  if (issue) await followIssue(ports, issue);
}
