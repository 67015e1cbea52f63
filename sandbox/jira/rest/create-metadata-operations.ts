import { fields } from '../fields/catalogue';
import { answer } from '../http/answers';
import { operation, param, type Operation } from '../http/operation';
import { platformWindow } from '../http/paging';
import { issueTypeAnswer } from '../issues/project-answers';
import { refuse } from '../refusal';
import { fieldMetadata } from './field-answers';
import { browsableProject } from './project-operations';

const types = '/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes';

/** What an issue of a project can be created with: its types, and the fields of the create screen. */
export const createMetadataOperations: Operation[] = [
  operation(`GET ${types}`, 'getCreateIssueMetaIssueTypes', ['read:jira-work'], (call) => {
    const { startAt, maxResults, total, values } = platformWindow(call, browsableProject(call).issueTypeIds, 50, 200);
    return answer(
      { startAt, maxResults, total, issueTypes: values.map((id) => issueTypeAnswer(call.site, id)) },
      values.length,
    );
  }),
  operation(`GET ${types}/{issueTypeId}`, 'getCreateIssueMetaIssueTypeId', ['read:jira-work'], (call) => {
    const id = param(call, 'issueTypeId');
    if (!browsableProject(call).issueTypeIds.includes(id)) {
      throw refuse(400, `The issue type with id '${id}' does not belong to the project.`);
    }
    const settable = fields.filter((field) => field.settable);
    const described = Object.entries(fieldMetadata(settable)).map(([fieldId, metadata]) => ({
      ...metadata,
      fieldId,
      hasDefaultValue: fieldId === 'priority' || fieldId === 'reporter',
    }));
    const { startAt, maxResults, total, values } = platformWindow(call, described, 50, 200);
    return answer({ startAt, maxResults, total, fields: values }, values.length);
  }),
];
