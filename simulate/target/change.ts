import type { Expectation } from '../../src/domain/verification/judge';
import type { ApplyResult } from '../../src/usecases/ports';
import type { Directory } from './directory';

/** What a target makes of a change that the app asks for, and whether it is different afterwards. */
export interface Changed {
  readonly answer: ApplyResult;
  readonly changed: boolean;
}

/** Makes a change as the real connectors do: everything is read first, what is so already is an answer. */
export function change(directory: Directory, { changeKind, account, entitlement, replaces }: Expectation): Changed {
  const userId = account.id;
  const give = changeKind !== 'revoke';
  const taken = give ? replaces.map(({ entitlementId }) => entitlementId) : [entitlement.id];
  if (give && directory.account(userId) === 'gone') return refused('no-account');
  // Access through another group is not this request's business.
  if (taken.some((groupId) => directory.hold(groupId, userId) === 'indirect')) return refused('bad-request');
  const leave = taken.filter((groupId) => directory.hold(groupId, userId) !== 'none');
  const enter = give && !['direct', 'pending'].includes(directory.hold(entitlement.id, userId));
  if (enter) directory.add(entitlement.id, userId);
  for (const groupId of leave) directory.remove(groupId, userId);
  const changed = enter || leave.length > 0;
  return { answer: { result: changed ? 'applied' : 'already' }, changed };
}

const refused = (failure: 'no-account' | 'bad-request'): Changed => ({
  answer: { result: 'refused', failure },
  changed: false,
});
