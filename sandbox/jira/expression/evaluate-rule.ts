import { issueTypes, priorities } from '../access-desk';
import { fields } from '../fields/catalogue';
import { textFromAdf } from '../fields/adf';
import { jiraInstant } from '../fields/instants';
import { propertyValue } from '../issues/properties';
import { knownProject } from '../projects';
import { personById } from '../people/people';
import type { AdfNode, IssueRecord, PersonRecord } from '../records';
import type { Site } from '../site-state';
import type { TransitionDefinition } from '../workflow/definition';
import { statusById } from '../workflow/workflow';
import { Entity, Lookup, evaluate } from './evaluate-expression';
import { parseExpression } from './parse-expression';

/** A workflow rule's expression: only `true` is true. Errors and other values are false. */
export function evaluateRule(
  site: Site,
  expression: string | undefined,
  issue: IssueRecord,
  actor: PersonRecord,
  transition: TransitionDefinition,
  config: Record<string, unknown>,
): boolean {
  if (expression === undefined) return false;
  try {
    const scope = {
      issue: issueEntity(site, issue),
      user: userEntity(site, actor.accountId),
      project: projectEntity(site, issue),
      transition: transitionEntity(site, issue, transition),
      config,
    };
    return evaluate(parseExpression(expression), scope) === true;
  } catch {
    return false;
  }
}

function userEntity(site: Site, accountId: unknown): Entity | null {
  const person = typeof accountId === 'string' ? personById(site, accountId) : undefined;
  if (person === undefined) return null;
  return new Entity({ accountId: () => person.accountId, displayName: () => person.displayName });
}

function projectEntity(site: Site, issue: IssueRecord): Entity {
  const { id, key, name } = knownProject(site, issue.projectId);
  return new Entity({ id: () => Number(id), key: () => key, name: () => name });
}

function statusEntity(site: Site, statusId: string): Entity {
  const status = statusById(site, statusId);
  return new Entity({
    id: () => Number(status.id),
    name: () => status.name,
    category: () => new Entity({ key: () => status.category }),
  });
}

function transitionEntity(site: Site, issue: IssueRecord, transition: TransitionDefinition): Entity {
  return new Entity({
    id: () => Number(transition.id),
    name: () => transition.name,
    from: () => statusEntity(site, issue.statusId),
    to: () => statusEntity(site, transition.to),
  });
}

function issueEntity(site: Site, issue: IssueRecord): Entity {
  const { values } = issue;
  const named = (list: ReadonlyArray<{ id: string; name: string }>, id: unknown) => () => {
    const found = list.find((item) => item.id === id);
    return found === undefined ? null : new Entity({ id: () => Number(found.id), name: () => found.name });
  };
  const custom = fields
    .filter((field) => field.custom && field.settable)
    .map((field) => [field.id, () => customValue(site, field.type.schema, values[field.id])] as const);
  return new Entity({
    id: () => Number(issue.id),
    key: () => issue.key,
    summary: () => values['summary'],
    status: () => statusEntity(site, issue.statusId),
    issueType: named(issueTypes, issue.issueTypeId),
    priority: named(priorities, values['priority']),
    project: () => projectEntity(site, issue),
    reporter: () => userEntity(site, values['reporter']),
    creator: () => userEntity(site, issue.creator),
    assignee: () => userEntity(site, values['assignee']),
    labels: () => values['labels'] ?? [],
    created: () => jiraInstant(issue.created),
    updated: () => jiraInstant(issue.updated),
    properties: () => new Lookup((key) => propertyValue(site, issue.id, key)),
    ...Object.fromEntries(custom),
  });
}

function customValue(site: Site, schema: { type: string; items?: string; custom?: string }, stored: unknown): unknown {
  if (stored === null || stored === undefined) return null;
  if (schema.type === 'user') return userEntity(site, stored);
  if (schema.items === 'user') return (stored as string[]).map((accountId) => userEntity(site, accountId));
  if (schema.type === 'datetime') return jiraInstant(stored as number);
  if (schema.custom?.endsWith(':textarea') === true) return textFromAdf(stored as AdfNode);
  return stored;
}
