import { isObject } from '../http/body';
import { personById } from '../people/people';
import { mayDo } from '../people/permissions';
import { deskUserAnswer, userAnswer } from '../people/user-answers';
import type { Site } from '../site-state';
import { FieldProblem, type FieldType, type Input } from './field-type';

const custom = (name: string): string => `com.atlassian.jira.plugin.system.customfieldtypes:${name}`;

function accountIn(value: unknown, input: Input): string | null {
  // `{accountId: null}` is how v3 empties an assignee.
  if (!isObject(value)) throw new FieldProblem('data was not an object');
  const id = value['accountId'] ?? value['id'];
  if (id === null) return null;
  if (typeof id !== 'string') throw new FieldProblem('expected accountId to be a string');
  if (personById(input.site, id) === undefined) throw new FieldProblem(`User '${id}' was not found in the system.`);
  return id;
}

const named = (site: Site, accountId: string): string => personById(site, accountId)?.displayName ?? accountId;

function userType(schema: FieldType['schema'], check?: (input: Input, accountId: string) => void): FieldType {
  return {
    schema,
    parse: (value, input) => {
      const accountId = accountIn(value, input);
      if (accountId !== null) check?.(input, accountId);
      return accountId;
    },
    platform: (stored, site, reader) => userAnswer(site, stored as string, reader),
    portal: (stored, site, reader) => ({ value: deskUserAnswer(site, stored as string, reader) }),
    history: (stored, site) =>
      stored === null ? { id: null, text: null } : { id: stored as string, text: named(site, stored as string) },
  };
}

export const userPickerType = userType({ type: 'user', custom: custom('userpicker') });
export const reporterType = userType({ type: 'user', system: 'reporter' });
export const assigneeType = userType({ type: 'user', system: 'assignee' }, ({ site, projectId }, accountId) => {
  if (!mayDo(site, accountId, projectId, 'ASSIGNABLE_USER')) {
    throw new FieldProblem(`User '${accountId}' cannot be assigned issues.`);
  }
});

function usersType(schema: FieldType['schema']): FieldType {
  const ids = (stored: unknown): string[] => (stored ?? []) as string[];
  return {
    schema,
    parse: (value, input) => {
      if (!Array.isArray(value)) throw new FieldProblem('data was not an array');
      const accounts = value.map((item) => accountIn(item, input)).filter((id): id is string => id !== null);
      return accounts.length === 0 ? null : [...new Set(accounts)];
    },
    platform: (stored, site, reader) => ids(stored).map((id) => userAnswer(site, id, reader)),
    portal: (stored, site, reader) => ({ value: ids(stored).map((id) => deskUserAnswer(site, id, reader)) }),
    history: (stored, site) =>
      ids(stored).length === 0
        ? { id: null, text: null }
        : {
            id: `[${ids(stored).join(', ')}]`,
            text: `[${ids(stored)
              .map((id) => named(site, id))
              .join(', ')}]`,
          },
  };
}

export const multiUserPickerType = usersType({ type: 'array', items: 'user', custom: custom('multiuserpicker') });
export const participantsType = usersType({
  type: 'sd-request-participants',
  items: 'user',
  custom: 'com.atlassian.servicedesk:sd-request-participants',
});
