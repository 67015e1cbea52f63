import { answer, noContent } from '../http/answers';
import { operation, param, type Operation } from '../http/operation';
import { browsableIssue, permittedIssue } from '../issues/find-issue';
import { propertyKeys, propertyValue, removeProperty, setProperty } from '../issues/properties';
import { refuse } from '../refusal';

const list = '/rest/api/3/issue/{issueIdOrKey}/properties';
const one = `${list}/{propertyKey}` as const;
const missing = (key: string): Error => refuse(404, `The property '${key}' does not exist or you may not see it.`);

export const propertyOperations: Operation[] = [
  operation(`GET ${list}`, 'getIssuePropertyKeys', ['read:jira-work'], (call) => {
    const issue = browsableIssue(call.site, call.actor, param(call, 'issueIdOrKey'));
    const self = `${call.site.baseUrl()}/rest/api/3/issue/${issue.id}/properties`;
    const keys = propertyKeys(call.site, issue.id);
    return answer({ keys: keys.map((key) => ({ self: `${self}/${encodeURIComponent(key)}`, key })) }, keys.length);
  }),
  operation(`GET ${one}`, 'getIssueProperty', ['read:jira-work'], (call) => {
    const issue = browsableIssue(call.site, call.actor, param(call, 'issueIdOrKey'));
    const key = param(call, 'propertyKey');
    const value = propertyValue(call.site, issue.id, key);
    if (value === undefined) throw missing(key);
    return answer({ key, value });
  }),
  operation(`PUT ${one}`, 'setIssueProperty', ['write:jira-work'], (call) => {
    const issue = permittedIssue(call.site, call.actor, param(call, 'issueIdOrKey'), 'EDIT_ISSUES');
    const isNew = setProperty(call.site, issue.id, param(call, 'propertyKey'), call.body);
    return answer({}, 1, isNew ? 201 : 200);
  }),
  operation(`DELETE ${one}`, 'deleteIssueProperty', ['write:jira-work'], (call) => {
    const issue = permittedIssue(call.site, call.actor, param(call, 'issueIdOrKey'), 'EDIT_ISSUES');
    const key = param(call, 'propertyKey');
    if (!removeProperty(call.site, issue.id, key)) throw missing(key);
    return noContent();
  }),
];
