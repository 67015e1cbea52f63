import type { Expectation, Hold, ReadFailure } from '../../../domain/verification/judge';
import type { ApplyResult } from '../../../usecases/ports';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { PatchOperation, ScimClient } from './client';
import { equals } from './filter';
import type { MembershipReading } from './membership';

interface Step {
  readonly groupId: string;
  readonly operation: PatchOperation;
}

/**
 * Makes the change, after reading that it is still to be made. Everything is read before anything is written, so a
 * target that cannot be read is not changed. `refused` with `bad-request` also means: the access comes through another
 * group, and taking it away there is not this request's business. A `failed` write may have been made; the next reading
 * tells.
 */
export async function changeMembership(
  expectation: Expectation,
  reading: MembershipReading,
  client: ScimClient,
  record: AnswerRecord,
): Promise<ApplyResult> {
  const steps = await stepsTo(expectation, reading);
  if (!steps.ok) return notMade(steps.failure);
  if (steps.value.length === 0) return { result: 'already' };
  for (const { groupId, operation } of steps.value) {
    const written = await client.patch('Groups', groupId, [operation], record);
    if (!written.ok) return notMade(written.failure);
  }
  return { result: 'applied' };
}

/** New access first: a change that breaks off half-way leaves somebody with too much, which is seen, not with nothing. */
async function stepsTo(expectation: Expectation, reading: MembershipReading): Promise<Answer<readonly Step[]>> {
  const { changeKind, account, entitlement, replaces } = expectation;
  if (changeKind === 'revoke') return removal(entitlement.id, account.id, reading);
  const user = await reading.user();
  if (!user.ok) return failed(user.failure === 'not-found' ? 'no-account' : user.failure);
  const { hold, failure } = await reading.holdOf(entitlement.id);
  if (hold === 'unknown') return failed(failure ?? 'incomplete');
  const steps: Step[] = hold === 'direct' ? [] : [{ groupId: entitlement.id, operation: addition(account.id) }];
  for (const { entitlementId } of replaces) {
    const step = await removal(entitlementId, account.id, reading);
    if (!step.ok) return step;
    steps.push(...step.value);
  }
  return answered(steps);
}

async function removal(
  groupId: string,
  accountId: string,
  reading: MembershipReading,
): Promise<Answer<readonly Step[]>> {
  const { hold, failure } = await reading.holdOf(groupId);
  const outcome: Readonly<Record<Hold, () => Answer<readonly Step[]>>> = {
    direct: () =>
      // The path selects one value. `remove` on `members` with a value would empty the group on servers that go by the RFC.
      answered([{ groupId, operation: { op: 'remove', path: `members[${equals('value', accountId)}]` } }]),
    none: () => answered([]),
    indirect: () => failed('bad-request'),
    pending: () => failed('incomplete'),
    unknown: () => failed(failure ?? 'incomplete'),
  };
  return outcome[hold]();
}

function addition(accountId: string): PatchOperation {
  return { op: 'add', path: 'members', value: [{ value: accountId }] };
}

const refusals: ReadonlySet<ReadFailure> = new Set([
  'refused-credentials',
  'forbidden',
  'bad-request',
  'not-found',
  'no-account',
  'not-approved',
]);

function notMade(failure: ReadFailure): ApplyResult {
  return { result: refusals.has(failure) ? 'refused' : 'failed', failure };
}
