import { fieldIds, issueTypes, requestTypes } from '../access-desk';
import { fieldById, fields } from '../fields/catalogue';
import { readValues, requireValues } from '../fields/read-values';
import { answer, created, noContent } from '../http/answers';
import { bodyObject, isObject } from '../http/body';
import { operation, param, type Call, type Operation } from '../http/operation';
import { listParameter, platformPage } from '../http/paging';
import { changeIssue } from '../issues/change-issue';
import { createIssue } from '../issues/create-issue';
import { deleteIssue } from '../issues/delete-issue';
import { browsableIssue, permittedIssue } from '../issues/find-issue';
import {
  fieldsAnswer,
  historyAnswer,
  historyOf,
  issueHead,
  propertiesAnswer,
  selectFields,
} from '../issues/issue-answers';
import { setProperty } from '../issues/properties';
import { mayDo } from '../people/permissions';
import { findProject } from '../projects';
import { Refusal, refuse } from '../refusal';
import { availableTransitions } from '../workflow/available-transitions';
import { readWrites } from './read-writes';
import { fieldMetadata } from './field-answers';
import { transitionAnswer } from './transition-operations';

const path = '/rest/api/3/issue/{issueIdOrKey}';
const read = ['read:jira-work'];
const write = ['write:jira-work'];

export const issueOperations: Operation[] = [
  operation('POST /rest/api/3/issue', 'createIssue', write, postIssue),
  operation(`GET ${path}`, 'getIssue', read, getIssue),
  operation(`PUT ${path}`, 'editIssue', write, (call) => {
    const { site, actor } = call;
    const issue = permittedIssue(site, actor, param(call, 'issueIdOrKey'), 'EDIT_ISSUES');
    const body = bodyObject(call.body, ['fields', 'update', 'historyMetadata', 'properties', 'transition']);
    for (const part of ['historyMetadata', 'transition']) {
      if (body[part] !== undefined) throw refuse(501, `The sandbox does not model '${part}' of an edit.`);
    }
    const wanted = readWrites(site, issue, body);
    const values = readValues(wanted, { site, projectId: issue.projectId, dialect: 'platform' }, () => true);
    if ('assignee' in values && !mayDo(site, actor.accountId, issue.projectId, 'ASSIGN_ISSUES')) {
      throw refuse(403, 'You do not have permission to assign issues.');
    }
    changeIssue(site, issue, { values }, actor.accountId);
    for (const { key, value } of readProperties(body['properties'])) setProperty(site, issue.id, key, value);
    return noContent();
  }),
  operation(`DELETE ${path}`, 'deleteIssue', write, (call) => {
    const issue = permittedIssue(call.site, call.actor, param(call, 'issueIdOrKey'), 'DELETE_ISSUES');
    deleteIssue(call.site, issue, call.actor.accountId);
    return noContent();
  }),
  operation(`PUT ${path}/assignee`, 'assignIssue', write, (call) => {
    const { site, actor } = call;
    const issue = permittedIssue(site, actor, param(call, 'issueIdOrKey'), 'ASSIGN_ISSUES');
    const values = readValues(
      { assignee: call.body },
      { site, projectId: issue.projectId, dialect: 'platform' },
      () => true,
    );
    changeIssue(site, issue, { values }, actor.accountId);
    return noContent();
  }),
  operation(`GET ${path}/changelog`, 'getChangeLogs', read, (call) => {
    const { site, actor } = call;
    const issue = browsableIssue(site, actor, param(call, 'issueIdOrKey'));
    const page = platformPage(call, historyOf(site, issue.id), (history) =>
      historyAnswer(site, history, actor.accountId),
    );
    return answer(page, (page['values'] as unknown[]).length);
  }),
  operation(`GET ${path}/editmeta`, 'getEditIssueMeta', read, (call) => {
    browsableIssue(call.site, call.actor, param(call, 'issueIdOrKey'));
    return answer({ fields: fieldMetadata(fields.filter((field) => field.settable)) });
  }),
];

function postIssue(call: Call): ReturnType<typeof created> {
  const { site, actor } = call;
  const body = bodyObject(call.body, ['fields', 'update', 'historyMetadata', 'properties', 'transition']);
  for (const part of ['update', 'historyMetadata', 'transition']) {
    const value = body[part];
    if (value !== undefined && !(isObject(value) && Object.keys(value).length === 0)) {
      throw refuse(501, `The sandbox does not model '${part}' of a creation.`);
    }
  }
  const { project: wantedProject, issuetype, ...others } = isObject(body['fields']) ? body['fields'] : {};
  const found = isObject(wantedProject) ? wantedProject : {};
  const project = findProject(site, String(found['id'] ?? found['key']));
  if (project === undefined) {
    throw new Refusal(400, [], { project: 'Specify a valid project ID or key' });
  }
  if (!mayDo(site, actor.accountId, project.id, 'CREATE_ISSUES')) {
    throw new Refusal(400, ['You do not have permission to create issues in this project.']);
  }
  const type = isObject(issuetype)
    ? issueTypes.find((known) => known.id === String(issuetype['id']) || known.name === issuetype['name'])
    : undefined;
  if (type === undefined || !project.issueTypeIds.includes(type.id))
    throw new Refusal(400, [], { issuetype: 'Specify a valid issue type' });
  const values = readValues(others, { site, projectId: project.id, dialect: 'platform' }, () => true);
  if ((values['reporter'] ?? actor.accountId) !== actor.accountId) {
    if (!mayDo(site, actor.accountId, project.id, 'MODIFY_REPORTER')) {
      throw new Refusal(400, [], {
        reporter: "Field 'reporter' cannot be set. It is not on the appropriate screen, or unknown.",
      });
    }
  }
  const requestType = requestTypes.find((known) => known.id === values[fieldIds.requestType]);
  if (requestType !== undefined && requestType.issueTypeId !== type.id) {
    throw new Refusal(400, [], { [fieldIds.requestType]: 'The request type does not belong to the issue type.' });
  }
  requireValues(
    { reporter: actor.accountId, ...values },
    fields.filter((field) => field.required === true),
  );
  const issue = createIssue(
    site,
    { projectId: project.id, issueTypeId: type.id, values, properties: readProperties(body['properties']) },
    actor.accountId,
  );
  return created({ id: issue.id, key: issue.key, self: `${site.baseUrl()}/rest/api/3/issue/${issue.id}` });
}

function readProperties(properties: unknown): Array<{ key: string; value: unknown }> {
  if (properties === undefined) return [];
  if (!Array.isArray(properties)) throw new Refusal(400, ['properties must be a list.']);
  return properties.map((property: unknown) => {
    if (!isObject(property) || typeof property['key'] !== 'string') throw new Refusal(400, ['A property has a key.']);
    return { key: property['key'], value: property['value'] };
  });
}

const unmodelledExpansions = ['operations', 'versionedRepresentations', 'renderedFields'];

function getIssue(call: Call): ReturnType<typeof answer> {
  const { site, actor, query } = call;
  const reader = actor.accountId;
  const issue = browsableIssue(site, actor, param(call, 'issueIdOrKey'));
  const expand = listParameter(query, 'expand');
  const unmodelled = expand.find((part) => unmodelledExpansions.includes(part));
  if (unmodelled !== undefined)
    throw refuse(501, `The sandbox does not model the expansion '${unmodelled}' of getIssue.`);
  const wanted = listParameter(query, 'fields');
  const ids = selectFields(wanted.length === 0 ? ['*all'] : wanted);
  const histories = historyOf(site, issue.id).reverse();
  const properties = listParameter(query, 'properties');
  return answer({
    ...issueHead(site, issue),
    ...(properties.length === 0 ? {} : { properties: propertiesAnswer(site, issue, properties) }),
    ...(expand.includes('transitions')
      ? {
          transitions: availableTransitions(site, issue, actor).map((transition) =>
            transitionAnswer(site, transition, false),
          ),
        }
      : {}),
    ...(expand.includes('changelog')
      ? {
          changelog: {
            startAt: 0,
            maxResults: histories.length,
            total: histories.length,
            histories: histories.map((history) => historyAnswer(site, history, reader)),
          },
        }
      : {}),
    ...(expand.includes('names')
      ? { names: Object.fromEntries(ids.map((id) => [id, fieldById(id)?.name ?? id])) }
      : {}),
    ...(expand.includes('schema') ? { schema: Object.fromEntries(fieldMetadataSchemas(ids)) } : {}),
    ...(expand.includes('editmeta')
      ? { editmeta: { fields: fieldMetadata(fields.filter((field) => field.settable)) } }
      : {}),
    fields: fieldsAnswer(site, issue, ids, reader),
  });
}

function fieldMetadataSchemas(ids: readonly string[]): Array<[string, unknown]> {
  return ids.flatMap((id): Array<[string, unknown]> => {
    const field = fieldById(id);
    return field === undefined ? [] : [[id, fieldMetadata([field])[id]?.schema]];
  });
}
