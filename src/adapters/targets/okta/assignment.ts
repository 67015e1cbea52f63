import { textIn, type Fields } from '../http/json-fields';

/** An app assignment of one user. */
export interface Assignment {
  readonly userId: string;
  /** Given to the user, or to a group that the user is in. Okta shows one of them: the user's own where there are both. */
  readonly scope: 'user' | 'group';
  /** `off`: there, and switched off. `waiting`: there, and somebody or something has to finish giving or taking it. */
  readonly state: 'on' | 'off' | 'waiting';
}

const states: ReadonlyMap<string, Assignment['state']> = new Map([
  ['ACTIVE', 'on'],
  ['PROVISIONED', 'on'],
  ['IMPLICIT', 'on'],
  ['INACTIVE', 'off'],
  ['SUSPENDED', 'off'],
  ['PENDING', 'waiting'],
  ['STAGED', 'waiting'],
  ['APPROVED', 'waiting'],
  ['IMPORTED', 'waiting'],
  ['MATCHED', 'waiting'],
  ['UNASSIGNED', 'waiting'],
  ['REVOKED', 'waiting'],
  ['DEPROVISIONED', 'waiting'],
]);

/** An AppUser object; undefined when its scope or status is none of those that the vendor documents. */
export function assignmentOf(row: Fields): Assignment | undefined {
  const userId = textIn(row, 'id');
  const scope = textIn(row, 'scope');
  const state = states.get(textIn(row, 'status') ?? '');
  if (userId === undefined || state === undefined || (scope !== 'USER' && scope !== 'GROUP')) return undefined;
  return { userId, scope: scope === 'USER' ? 'user' : 'group', state };
}
