import type { Observation } from '../../../domain/verification/judge';
import { listOf, textOf, type Attributes } from './attributes';
import { activeOf } from './identity';

/** A group that the server says the user belongs to. */
export interface UserGroup {
  readonly id: string;
  readonly name?: string;
  readonly path: 'direct' | 'indirect' | 'unsaid';
}

export interface User {
  readonly account: Exclude<Observation['account'], 'gone'>;
  readonly groups: readonly UserGroup[] | 'absent';
}

/** The part of a User resource that tells about access; undefined when it is malformed. */
export function userOf(resource: Attributes): User | undefined {
  const active = activeOf(resource);
  const listed = listOf(resource, 'groups');
  if (active === 'malformed' || listed === undefined) return undefined;
  const account = active === undefined ? 'unknown' : active ? 'active' : 'inactive';
  if (listed === 'absent') return { account, groups: 'absent' };
  const groups: UserGroup[] = [];
  for (const group of listed) {
    const id = textOf(group, 'value');
    if (id === undefined) return undefined;
    const type = textOf(group, 'type')?.toLowerCase();
    const name = textOf(group, 'display');
    groups.push({
      id,
      ...(name === undefined ? {} : { name }),
      path: type === 'direct' || type === 'indirect' ? type : 'unsaid',
    });
  }
  return { account, groups };
}
