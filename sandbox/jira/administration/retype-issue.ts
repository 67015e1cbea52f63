import { fieldIds, issueTypes, requestTypes } from '../access-desk';
import { changeIssue } from '../issues/change-issue';
import { knownProject } from '../projects';
import type { IssueRecord } from '../records';
import { refuse } from '../refusal';
import type { Site } from '../site-state';

const named = <T extends { id: string; name: string }>(items: readonly T[], wanted: string): T | undefined =>
  items.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase());

/**
 * Another issue type inside the project, without any rule. With a request type, the issue type follows it; with an issue
 * type alone, the request type stays as it was, even when it no longer fits.
 */
export function retypeIssue(
  site: Site,
  issue: IssueRecord,
  wanted: { issueType?: string | undefined; requestType?: string | undefined },
  actor: string,
): void {
  if ((wanted.issueType === undefined) === (wanted.requestType === undefined)) {
    throw refuse(400, 'Name either an issueType or a requestType.');
  }
  const requestType = wanted.requestType === undefined ? undefined : named(requestTypes, wanted.requestType);
  const issueTypeId = requestType?.issueTypeId ?? named(issueTypes, wanted.issueType ?? '')?.id;
  if (issueTypeId === undefined || !knownProject(site, issue.projectId).issueTypeIds.includes(issueTypeId)) {
    throw refuse(400, `The project has no type '${wanted.requestType ?? String(wanted.issueType)}'.`);
  }
  const values = requestType === undefined ? {} : { [fieldIds.requestType]: requestType.id };
  changeIssue(site, issue, { issueTypeId, values }, actor);
}
