import { defaultPriorityId, priorities, requestTypes } from '../access-desk';
import { isObject } from '../http/body';
import type { Site } from '../site-state';
import { FieldProblem, type FieldType } from './field-type';
import { deskInstant, jiraInstant, parseJiraInstant } from './instants';

export function priorityAnswer(site: Site, id: string): Record<string, unknown> {
  const priority = priorities.find((known) => known.id === id) ?? priorities[2];
  return {
    self: `${site.baseUrl()}/rest/api/3/priority/${priority.id}`,
    iconUrl: `${site.baseUrl()}/images/icons/priorities/${priority.icon}.svg`,
    name: priority.name,
    id: priority.id,
  };
}

const priorityName = (id: unknown): string => priorities.find((known) => known.id === id)?.name ?? '';

export const priorityType: FieldType = {
  schema: { type: 'priority', system: 'priority' },
  parse: (value) => {
    if (!isObject(value)) throw new FieldProblem("Could not find valid 'id' or 'name' in priority object.");
    const found = priorities.find((known) => known.id === String(value['id']) || known.name === value['name']);
    if (found === undefined) throw new FieldProblem('The priority selected is invalid.');
    return found.id;
  },
  platform: (stored, site) => priorityAnswer(site, (stored as string | null) ?? defaultPriorityId),
  portal: (stored, site) => ({ value: priorityAnswer(site, stored as string) }),
  history: (stored) => ({ id: (stored as string | null) ?? null, text: priorityName(stored) }),
};

export const labelsType: FieldType = {
  schema: { type: 'array', items: 'string', system: 'labels' },
  parse: (value) => {
    if (!Array.isArray(value)) throw new FieldProblem('data was not an array');
    for (const label of value) {
      if (typeof label !== 'string' || label === '' || /\s/.test(label)) {
        throw new FieldProblem(`The label '${String(label)}' contains spaces which is invalid.`);
      }
      if (label.length > 255) throw new FieldProblem('The label exceeds the allowed limit of 255 characters.');
    }
    return value.length === 0 ? null : [...new Set(value as string[])].sort();
  },
  platform: (stored) => stored ?? [],
  portal: (stored) => ({ value: stored ?? [] }),
  history: (stored) => ({ id: null, text: ((stored ?? []) as string[]).join(' ') }),
};

export const dateTimeType: FieldType = {
  schema: { type: 'datetime', custom: 'com.atlassian.jira.plugin.system.customfieldtypes:datetime' },
  parse: (value) => {
    if (typeof value !== 'string') throw new FieldProblem('Operation value must be a string');
    if (value === '') return null;
    const at = parseJiraInstant(value);
    if (at === undefined) throw new FieldProblem(`Error parsing date string: ${value}`);
    return at;
  },
  platform: (stored) => jiraInstant(stored as number),
  portal: (stored, site) => ({ value: deskInstant(stored as number, site.clock.now()) }),
  history: (stored) =>
    stored === null
      ? { id: null, text: null }
      : { id: jiraInstant(stored as number), text: jiraInstant(stored as number) },
};

const requestTypeById = (id: unknown): (typeof requestTypes)[number] | undefined =>
  requestTypes.find((type) => type.id === id);

export const requestTypeType: FieldType = {
  schema: { type: 'sd-customerrequesttype', custom: 'com.atlassian.servicedesk:vp-origin' },
  parse: (value) => {
    const id = isObject(value) && isObject(value['requestType']) ? value['requestType']['id'] : value;
    const found = requestTypeById(id);
    if (found === undefined) throw new FieldProblem(`The request type '${String(id)}' does not exist.`);
    return found.id;
  },
  // The full value needs the issue; issues/issue-answers.ts builds it.
  platform: (stored) => stored,
  portal: (stored) => ({ value: stored }),
  history: (stored) => ({ id: (stored as string | null) ?? null, text: requestTypeById(stored)?.name ?? null }),
};

/** Shown only: JSM writes it, nobody sets it. */
export const approvalsType: FieldType = {
  schema: { type: 'sd-approvals', custom: 'com.atlassian.servicedesk.approvals-plugin:sd-approvals' },
  parse: () => {
    throw new FieldProblem("Field 'Approvals' cannot be set. It is not on the appropriate screen, or unknown.");
  },
  platform: () => null,
  portal: () => ({ value: null }),
  history: () => ({ id: null, text: null }),
};
