import { answer, noContent } from '../http/answers';
import { bodyObject, isObject } from '../http/body';
import { operation, param, steppedOperation, type Operation } from '../http/operation';
import { listParameter } from '../http/paging';
import { addComment } from '../issues/comments';
import { browsableIssue } from '../issues/find-issue';
import { mayDo } from '../people/permissions';
import type { IssueRecord } from '../records';
import { Refusal, refuse } from '../refusal';
import type { Site } from '../site-state';
import { availableTransitions } from '../workflow/available-transitions';
import type { TransitionDefinition } from '../workflow/definition';
import { statusAnswer } from '../workflow/status-answers';
import { transitionIssue } from '../workflow/transition-issue';
import { readComment, type NewComment } from './read-comment';
import { resolutions } from '../access-desk';

const path = '/rest/api/3/issue/{issueIdOrKey}/transitions';

export function transitionAnswer(
  site: Site,
  transition: TransitionDefinition,
  withFields: boolean,
): Record<string, unknown> {
  return {
    id: transition.id,
    name: transition.name,
    to: statusAnswer(site, transition.to),
    hasScreen: (transition.screen ?? []).length > 0,
    isGlobal: false,
    isInitial: false,
    isAvailable: true,
    isConditional: transition.conditions.length > 0,
    isLooped: false,
    ...(withFields ? { fields: screenAnswer(transition) } : {}),
  };
}

function screenAnswer(transition: TransitionDefinition): Record<string, unknown> {
  if (transition.screen?.includes('resolution') !== true) return {};
  return {
    resolution: {
      required: false,
      schema: { type: 'resolution', system: 'resolution' },
      name: 'Resolution',
      key: 'resolution',
      operations: ['set'],
      allowedValues: resolutions,
    },
  };
}

export const transitionOperations: Operation[] = [
  operation(`GET ${path}`, 'getTransitions', ['read:jira-work'], (call) => {
    const { site, actor } = call;
    const issue = browsableIssue(site, actor, param(call, 'issueIdOrKey'));
    const withFields = listParameter(call.query, 'expand').includes('transitions.fields');
    const only = call.query.get('transitionId');
    const transitions = availableTransitions(site, issue, actor)
      .filter((transition) => only === null || transition.id === only)
      .map((transition) => transitionAnswer(site, transition, withFields));
    return answer({ expand: 'transitions', transitions }, transitions.length);
  }),
  steppedOperation(`POST ${path}`, 'doTransition', ['write:jira-work'], async (call) => {
    const { site, actor } = call;
    const issue = browsableIssue(site, actor, param(call, 'issueIdOrKey'));
    const body = bodyObject(call.body, ['transition', 'fields', 'update', 'historyMetadata', 'properties']);
    for (const part of ['historyMetadata', 'properties']) {
      if (body[part] !== undefined) throw refuse(501, `The sandbox does not model '${part}' of a transition.`);
    }
    const id = isObject(body['transition']) ? body['transition']['id'] : undefined;
    if (typeof id !== 'string' && typeof id !== 'number') throw refuse(400, "Missing 'transition' identifier");
    const { fields, comments } = readUpdate(site, issue, body);
    if (comments.length > 0 && !mayDo(site, actor.accountId, issue.projectId, 'ADD_COMMENTS')) {
      throw new Refusal(400, [], { comment: 'You do not have the permission to comment on this issue.' });
    }
    await transitionIssue(site, issue, actor, String(id), fields, (changed) => {
      for (const comment of comments) addComment(site, changed, actor.accountId, comment.body, comment.extra);
    });
    return noContent();
  }),
];

/** A transition takes `fields`, or `update` with the verbs `set` (fields) and `add` (comments). */
function readUpdate(
  site: Site,
  issue: IssueRecord,
  body: Record<string, unknown>,
): { fields: Record<string, unknown>; comments: NewComment[] } {
  const fields: Record<string, unknown> = isObject(body['fields']) ? { ...body['fields'] } : {};
  const comments: NewComment[] = [];
  const update = isObject(body['update']) ? body['update'] : {};
  for (const [id, verbs] of Object.entries(update)) {
    for (const verb of Array.isArray(verbs) ? (verbs as unknown[]) : []) {
      if (id === 'comment' && isObject(verb) && isObject(verb['add']))
        comments.push(readComment(site, issue, verb['add']));
      else if (isObject(verb) && 'set' in verb) fields[id] = verb['set'];
      else throw new Refusal(400, [], { [id]: 'The sandbox knows the verbs set, and add for comments.' });
    }
  }
  return { fields, comments };
}
