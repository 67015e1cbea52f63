import { listOf, textOf, type Attributes } from './attributes';

export interface Member {
  readonly id: string;
  /** `unsaid`: neither `type` nor `$ref` tells; it may be a group. */
  readonly kind: 'user' | 'group' | 'unsaid';
}

export interface Group {
  readonly id: string;
  readonly name: string;
  /** `absent`: the server did not show the attribute, which does not mean that there is nobody. */
  readonly members: readonly Member[] | 'absent';
}

/** A Group resource; undefined when its members cannot be told one from another. */
export function groupOf(resource: Attributes): Group | undefined {
  const id = textOf(resource, 'id');
  const listed = listOf(resource, 'members');
  if (id === undefined || listed === undefined) return undefined;
  const name = textOf(resource, 'displayName') ?? id;
  if (listed === 'absent') return { id, name, members: 'absent' };
  const members: Member[] = [];
  for (const member of listed) {
    const memberId = textOf(member, 'value');
    if (memberId === undefined) return undefined;
    members.push({ id: memberId, kind: kindOf(member) });
  }
  return { id, name, members };
}

function kindOf(member: Attributes): Member['kind'] {
  const type = textOf(member, 'type')?.toLowerCase();
  const reference = textOf(member, '$ref') ?? '';
  // Following one group too many costs a call; missing one hides an access path.
  if (type === 'group' || /\/Groups\//i.test(reference)) return 'group';
  return type === 'user' || /\/Users\//i.test(reference) ? 'user' : 'unsaid';
}
