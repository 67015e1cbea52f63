import type { Instant } from '../../../domain/instant';
import type { Expectation, Hold, Observation, ReadFailure } from '../../../domain/verification/judge';
import type { AnswerRecord } from '../http/answer-record';
import type { MembershipReading } from './membership';

type Seen = Pick<Observation, 'hold' | 'through' | 'replaced' | 'account'> & { readonly failure?: ReadFailure };

/**
 * Reads what an expectation is about. `at` is the instant before the first request: everything seen was true then or
 * later. An answer that is missing anything it would need is `unknown` with its failure, never a no.
 */
export async function observe(
  expectation: Expectation,
  reading: MembershipReading,
  record: AnswerRecord,
  at: Instant,
): Promise<Observation> {
  const seen =
    expectation.changeKind === 'revoke'
      ? await seeRemoval(expectation, reading)
      : await seeHolding(expectation, reading);
  return { at, ...seen, rawHash: record.rawHash, calls: record.calls, bytes: record.bytes };
}

/** What is reported when nothing could be asked at all. */
export function observedNothing(
  expectation: Expectation,
  failure: ReadFailure,
  record: AnswerRecord,
  at: Instant,
): Observation {
  return { at, ...nothing(expectation, failure), rawHash: record.rawHash, calls: record.calls, bytes: record.bytes };
}

async function seeRemoval(expectation: Expectation, reading: MembershipReading): Promise<Seen> {
  const { hold, through, failure } = await reading.holdOf(expectation.entitlement.id);
  if (hold === 'unknown') return nothing(expectation, failure ?? 'incomplete');
  // Still a member: the state of the account would change nothing, so it is not asked for.
  if (hold === 'direct') return { hold, through, replaced: {}, account: 'unknown' };
  const user = await reading.user();
  return {
    hold,
    through,
    replaced: {},
    account: user.ok ? user.value.account : user.failure === 'not-found' ? 'gone' : 'unknown',
  };
}

async function seeHolding(expectation: Expectation, reading: MembershipReading): Promise<Seen> {
  const { hold, through, failure } = await reading.soughtIn(expectation.entitlement.id);
  if (hold === 'unknown') return nothing(expectation, failure ?? 'incomplete');
  const user = await reading.user();
  // A membership of an account that cannot be read is not access that was seen.
  if (!user.ok && user.failure !== 'not-found') return nothing(expectation, user.failure);
  const replaced: Record<string, Hold> = {};
  let doubt: ReadFailure | undefined;
  for (const { entitlementId } of expectation.replaces) {
    const previous = await reading.holdOf(entitlementId);
    replaced[entitlementId] = previous.hold;
    doubt ??= previous.failure;
  }
  return {
    hold,
    through,
    replaced,
    account: user.ok ? user.value.account : 'gone',
    ...(doubt === undefined ? {} : { failure: doubt }),
  };
}

function nothing(expectation: Expectation, failure: ReadFailure): Seen {
  const replaced = Object.fromEntries(
    expectation.replaces.map(({ entitlementId }) => [entitlementId, 'unknown' as const]),
  );
  return { hold: 'unknown', through: [], replaced, account: 'unknown', failure };
}
