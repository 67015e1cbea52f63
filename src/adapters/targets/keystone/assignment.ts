import { fieldsOf, textIn, type Fields } from '../http/json-fields';
import { nearlyTheSame } from '../http/same-id';

/** One row of `GET role_assignments`: a role of a user or group on something. */
export interface Assignment {
  readonly userId?: string;
  readonly userName?: string;
  readonly groupId?: string;
  readonly groupName?: string;
  readonly scope: 'project' | 'domain' | 'system';
  readonly scopeId: string;
  readonly scopeName: string;
  readonly roleId: string;
  readonly roleName: string;
  /** The row says of itself that it is this very assignment to this very user, and not what follows from another. */
  readonly direct: boolean;
  readonly origin: AssignmentOrigin;
}

/** From what a row follows, as far as it tells. */
export interface AssignmentOrigin {
  readonly groupId?: string;
  /** The role that brings this one along. */
  readonly priorRoleId?: string;
  /** The domain or project above, which hands its roles down. */
  readonly inheritedFrom?: string;
}

/** Reads a row; undefined when it is malformed. `effective` rows name users only. */
export function assignmentOf(row: Fields): Assignment | undefined {
  const role = fieldsOf(row['role']);
  const roleId = textIn(role, 'id');
  const scope = scopeOf(fieldsOf(row['scope']));
  const user = fieldsOf(row['user']);
  const group = fieldsOf(row['group']);
  const userId = textIn(user, 'id');
  const groupId = textIn(group, 'id');
  if (roleId === undefined || scope === undefined || (userId === undefined) === (groupId === undefined))
    return undefined;
  const userName = textIn(user, 'name');
  return {
    ...(userId === undefined ? {} : { userId }),
    ...(userName === undefined ? {} : { userName }),
    ...(groupId === undefined ? {} : { groupId, groupName: textIn(group, 'name') ?? groupId }),
    ...scope,
    roleId,
    roleName: textIn(role, 'name') ?? roleId,
    ...linkedWord(fieldsOf(row['links']), scope, userId, roleId),
  };
}

function scopeOf(scope: Fields | undefined): Pick<Assignment, 'scope' | 'scopeId' | 'scopeName'> | undefined {
  if (fieldsOf(scope?.['system'])?.['all'] === true)
    return { scope: 'system', scopeId: 'all', scopeName: 'the system' };
  for (const kind of ['project', 'domain'] as const) {
    const on = fieldsOf(scope?.[kind]);
    const scopeId = textIn(on, 'id');
    if (scopeId !== undefined) return { scope: kind, scopeId, scopeName: textIn(on, 'name') ?? scopeId };
  }
  return undefined;
}

/**
 * What the links of a row say. The link `assignment` leads to the assignment that was really made: to another user, group,
 * role or place when the row only follows from it.
 */
function linkedWord(
  links: Fields | undefined,
  { scope, scopeId }: Pick<Assignment, 'scope' | 'scopeId'>,
  userId: string | undefined,
  roleId: string,
): Pick<Assignment, 'direct' | 'origin'> {
  const assignment = pathOf(textIn(links, 'assignment'));
  const made = scope === 'system' ? ['system'] : [`${scope}s`, scopeId];
  const own = [...made, 'users', userId ?? '', 'roles', roleId];
  const prior = pathOf(textIn(links, 'prior_role'));
  const inherits = assignment.indexOf('OS-INHERIT');
  const direct =
    userId !== undefined &&
    links?.['prior_role'] === undefined &&
    links?.['membership'] === undefined &&
    inherits === -1 &&
    assignment.slice(-own.length).join('/') === own.join('/');
  // Keystone writes the two roles of this link in either order.
  const priorRoleId = prior.slice(-3).find((part) => part !== 'implies' && part !== roleId);
  const groupId = after(assignment, 'groups');
  const inheritedFrom = inherits === -1 ? undefined : assignment[inherits + 2];
  return {
    direct,
    origin: {
      ...(groupId === undefined ? {} : { groupId }),
      ...(prior.length === 0 || priorRoleId === undefined ? {} : { priorRoleId }),
      ...(inheritedFrom === undefined ? {} : { inheritedFrom }),
    },
  };
}

function after(path: readonly string[], name: string): string | undefined {
  const at = path.indexOf(name);
  return at === -1 ? undefined : path[at + 1];
}

function pathOf(link: string | undefined): readonly string[] {
  try {
    return link === undefined ? [] : new URL(link).pathname.split('/').map(decodeURIComponent);
  } catch {
    return [];
  }
}

/** Whether a row is about these three, or so nearly that nobody can say. */
export function concerns(row: Assignment, userId: string, scopeId: string, roleId: string): 'yes' | 'nearly' | 'no' {
  const pairs = [
    [row.userId ?? '', userId],
    [row.scopeId, scopeId],
    [row.roleId, roleId],
  ] as const;
  if (pairs.every(([seen, wanted]) => seen === wanted)) return 'yes';
  return pairs.every(([seen, wanted]) => seen === wanted || nearlyTheSame(seen, wanted)) ? 'nearly' : 'no';
}
