import { fieldIds } from '../access-desk';
import { identities } from '../http/answers';
import { bodyObject, stringsProperty } from '../http/body';
import { operation, param, type Call, type Operation } from '../http/operation';
import { deskPage } from '../http/paging';
import { changeIssue } from '../issues/change-issue';
import { tiesTo, visibleRequest } from '../issues/find-issue';
import { personById } from '../people/people';
import { isAgent } from '../people/permissions';
import { deskUserAnswer } from '../people/user-answers';
import type { IssueRecord } from '../records';
import { refuse } from '../refusal';
import type { SiteResponse } from '../../contracts';

const path = '/rest/servicedeskapi/request/{issueIdOrKey}/participant';
const write = ['write:servicedesk-request'];

export const participantOperations: Operation[] = [
  operation(`GET ${path}`, 'getRequestParticipants', ['read:servicedesk-request'], (call) =>
    participantPage(call, participants(visibleRequest(call.site, call.actor, param(call, 'issueIdOrKey')))),
  ),
  operation(`POST ${path}`, 'addRequestParticipants', write, (call) =>
    changed(call, (before, named) => [...new Set([...before, ...named])]),
  ),
  operation(`DELETE ${path}`, 'removeRequestParticipants', write, (call) =>
    changed(call, (before, named) => before.filter((accountId) => !named.includes(accountId))),
  ),
];

const participants = (issue: IssueRecord): string[] => (issue.values[fieldIds.participants] ?? []) as string[];

function changed(call: Call, next: (before: string[], named: string[]) => string[]): SiteResponse {
  const { site, actor } = call;
  const issue = visibleRequest(site, actor, param(call, 'issueIdOrKey'));
  if (!isAgent(site, actor.accountId, issue.projectId) && !tiesTo(site, actor.accountId, issue).has('reporter')) {
    throw refuse(403, 'You do not have permission to change the participants of this request.');
  }
  const named = stringsProperty(bodyObject(call.body, ['accountIds', 'usernames']), 'accountIds');
  const unknown = named.find((accountId) => personById(site, accountId) === undefined);
  if (named.length === 0 || unknown !== undefined)
    throw refuse(400, `User '${String(unknown)}' was not found in the system.`);
  const after = next(participants(issue), named);
  const values = { [fieldIds.participants]: after.length === 0 ? null : after };
  return participantPage(call, participants(changeIssue(site, issue, { values }, actor.accountId)));
}

function participantPage(call: Call, accountIds: string[]): SiteResponse {
  const page = deskPage(call, accountIds, (id) => deskUserAnswer(call.site, id, call.actor.accountId));
  return identities(page.body, page.size);
}
