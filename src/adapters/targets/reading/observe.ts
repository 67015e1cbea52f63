import type { Instant } from '../../../domain/instant';
import type { Expectation, Hold, Observation, ReadFailure } from '../../../domain/verification/judge';
import type { AnswerRecord } from '../http/answer-record';
import type { AccessReading } from './access-reading';

type Seen = Pick<Observation, 'hold' | 'through' | 'replaced' | 'account'> & { readonly failure?: ReadFailure };

/**
 * Reads what an expectation is about. `at` is the instant before the first request: everything seen was true then or
 * later; where the target has told before, it is the instant of that, and too old is `feed-too-old`. An answer that is
 * missing anything it would need is `unknown` with its failure, never a no.
 */
export async function observe(
  expectation: Expectation,
  reading: AccessReading,
  record: AnswerRecord,
  at: Instant,
): Promise<Observation> {
  if (reading.asOf) {
    const asOf = await reading.asOf();
    if (asOf === undefined || (expectation.notBefore !== undefined && asOf < expectation.notBefore))
      return observedNothing(expectation, 'feed-too-old', record, asOf !== undefined && asOf < at ? asOf : at);
    // Never later than now, whatever the other side's clock says.
    if (asOf < at) return see(expectation, reading, record, asOf);
  }
  return see(expectation, reading, record, at);
}

async function see(
  expectation: Expectation,
  reading: AccessReading,
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

async function seeRemoval(expectation: Expectation, reading: AccessReading): Promise<Seen> {
  const { hold, through, failure } = await reading.holdOf(expectation.entitlement.id);
  if (hold === 'unknown') return nothing(expectation, failure ?? 'incomplete');
  // Still a member: the state of the account would change nothing, so it is not asked for.
  if (hold === 'direct') return { hold, through, replaced: {}, account: 'unknown' };
  const account = await reading.account();
  return {
    hold,
    through,
    replaced: {},
    account: account.ok ? account.value : account.failure === 'not-found' ? 'gone' : 'unknown',
  };
}

async function seeHolding(expectation: Expectation, reading: AccessReading): Promise<Seen> {
  const { hold, through, failure } = await reading.soughtIn(expectation.entitlement.id);
  if (hold === 'unknown') return nothing(expectation, failure ?? 'incomplete');
  const account = await reading.account();
  // Access of an account that cannot be read is not access that was seen.
  if (!account.ok && account.failure !== 'not-found') return nothing(expectation, account.failure);
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
    account: account.ok ? account.value : 'gone',
    ...(doubt === undefined ? {} : { failure: doubt }),
  };
}

function nothing(expectation: Expectation, failure: ReadFailure): Seen {
  const replaced = Object.fromEntries(
    expectation.replaces.map(({ entitlementId }) => [entitlementId, 'unknown' as const]),
  );
  return { hold: 'unknown', through: [], replaced, account: 'unknown', failure };
}
