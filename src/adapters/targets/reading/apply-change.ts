import type { Expectation, Hold, ReadFailure } from '../../../domain/verification/judge';
import type { ApplyResult } from '../../../usecases/ports';
import { answered, failed, type Answer } from '../http/answer';
import type { AccessReading } from './access-reading';

/** The two changes of a target, each sent once. */
export interface AccessWriter {
  give(entitlementId: string): Promise<Answer<unknown>>;
  take(entitlementId: string): Promise<Answer<unknown>>;
}

interface Step {
  readonly entitlementId: string;
  readonly change: 'give' | 'take';
}

/**
 * Makes the change, after reading that it is still to be made. Everything is read before anything is written, so a
 * target that cannot be read is not changed. `refused` with `bad-request` also means: the access comes through another
 * path, and taking it away there is not this request's business. A `failed` write may have been made; the next reading
 * tells.
 */
export async function applyChange(
  expectation: Expectation,
  reading: AccessReading,
  writer: AccessWriter,
): Promise<ApplyResult> {
  const steps = await stepsTo(expectation, reading);
  if (!steps.ok) return notMade(steps.failure);
  if (steps.value.length === 0) return { result: 'already' };
  for (const { entitlementId, change } of steps.value) {
    const written = await writer[change](entitlementId);
    if (!written.ok) return notMade(written.failure);
  }
  return { result: 'applied' };
}

/** New access first: a change that breaks off half-way leaves somebody with too much, which is seen, not with nothing. */
async function stepsTo(expectation: Expectation, reading: AccessReading): Promise<Answer<readonly Step[]>> {
  const { changeKind, entitlement, replaces } = expectation;
  if (changeKind === 'revoke') return removal(entitlement.id, reading);
  const account = await reading.account();
  if (!account.ok) return failed(account.failure === 'not-found' ? 'no-account' : account.failure);
  const { hold, failure } = await reading.holdOf(entitlement.id);
  if (hold === 'unknown') return failed(failure ?? 'incomplete');
  const given = hold === 'direct' || hold === 'pending';
  const steps: Step[] = given ? [] : [{ entitlementId: entitlement.id, change: 'give' }];
  for (const { entitlementId } of replaces) {
    const step = await removal(entitlementId, reading);
    if (!step.ok) return step;
    steps.push(...step.value);
  }
  return answered(steps);
}

async function removal(entitlementId: string, reading: AccessReading): Promise<Answer<readonly Step[]>> {
  const { hold, failure } = await reading.holdOf(entitlementId);
  const outcome: Readonly<Record<Hold, () => Answer<readonly Step[]>>> = {
    direct: () => answered([{ entitlementId, change: 'take' }]),
    // An invitation that is taken back is what a removal has to do where access waits for somebody.
    pending: () => answered([{ entitlementId, change: 'take' }]),
    none: () => answered([]),
    indirect: () => failed('bad-request'),
    unknown: () => failed(failure ?? 'incomplete'),
  };
  return outcome[hold]();
}

const refusals: ReadonlySet<ReadFailure> = new Set([
  'refused-credentials',
  'forbidden',
  'bad-request',
  'not-found',
  'no-account',
  'no-secret',
  'not-approved',
  'no-seat',
]);

/** A change that was not made, or nobody knows: a refusal stays one, anything else may go better next time. */
export function notMade(failure: ReadFailure): ApplyResult {
  return { result: refusals.has(failure) ? 'refused' : 'failed', failure };
}
