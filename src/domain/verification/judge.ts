import type { ChangeKind } from '../catalogue/entitlement';
import type { Instant } from '../instant';

/** What a reading says about what was asked. Only `confirmed` opens the gate. */
export type Verdict = 'confirmed' | 'absent' | 'different' | 'pending' | 'unreadable';

/** What must be seen in the target for the change to count as done. */
export interface Expectation {
  readonly changeKind: ChangeKind;
  readonly account: { readonly id: string; readonly login: string };
  readonly entitlement: { readonly id: string; readonly name: string };
  /** For `modify`: what must be gone. */
  readonly replaces: ReadonlyArray<{ readonly entitlementId: string; readonly name: string }>;
  /** What a target has told before this instant is too old to say anything. Absent: any age will do. */
  readonly notBefore?: Instant;
}

/** How an account holds an entitlement. `unknown`: the target did not say, completely and by itself, either way. */
export type Hold = 'direct' | 'indirect' | 'pending' | 'none' | 'unknown';

/** What a connector saw. It reports and never judges. */
export interface Observation {
  readonly at: Instant;
  readonly hold: Hold;
  /** Through what an indirect hold comes: names of groups. */
  readonly through: readonly string[];
  /** For `modify`: how the replaced entitlements are held, by entitlement id. */
  readonly replaced: Readonly<Record<string, Hold>>;
  /** The account can be used. `unknown` when the target does not tell. */
  readonly account: 'active' | 'inactive' | 'gone' | 'unknown';
  /** Why something is unknown: a class of failure, never the target's own words. */
  readonly failure?: ReadFailure;
  /** SHA-256 over the raw answers, in the order read. */
  readonly rawHash: string;
  readonly calls: number;
  readonly bytes: number;
}

/** Classes of failed readings. */
export type ReadFailure =
  | 'unreachable'
  | 'timeout'
  | 'not-approved'
  | 'refused-credentials'
  | 'forbidden'
  | 'rate-limited'
  | 'server-error'
  | 'redirected'
  | 'too-large'
  | 'not-json'
  | 'malformed'
  | 'incomplete'
  | 'not-found'
  | 'bad-request'
  | 'no-account'
  | 'no-secret'
  | 'origin-changed'
  /** The secret is older than the site allows. */
  | 'secret-too-old'
  /** There is nothing that could be read: people attest. */
  | 'no-reader'
  /** The target has no free seat for the account. */
  | 'no-seat'
  /** The relay in the company's network did not answer yet. */
  | 'relay-silent'
  /** No feed arrived that is new enough. */
  | 'feed-too-old';

/** Why the verdict is what it is. Closed list; texts live in `explain`. */
export type VerdictReason =
  | 'held'
  | 'not-held'
  | 'still-held'
  | 'gone'
  | 'held-through-another-path'
  | 'previous-level-remains'
  | 'account-inactive'
  | 'waiting-in-target'
  | 'account-gone'
  | ReadFailure;

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: VerdictReason;
  /** The access is in the target, whatever was asked; undefined when nobody knows. */
  readonly held: boolean | undefined;
}

/** Compares what was asked with what was seen. Anything that is not positively proven is not `confirmed`. */
export function judge(expectation: Expectation, seen: Observation): Judgement {
  const held = seen.hold === 'unknown' ? undefined : seen.hold === 'direct' || seen.hold === 'indirect';
  const say = (verdict: Verdict, reason: VerdictReason): Judgement => ({ verdict, reason, held });
  const unreadable = (): Judgement => say('unreadable', seen.failure ?? 'incomplete');
  switch (expectation.changeKind) {
    case 'revoke':
      return judgeRevoke(seen, say, unreadable);
    case 'grant':
    case 'modify':
      return judgeHeld(expectation, seen, say, unreadable);
  }
}

type Say = (verdict: Verdict, reason: VerdictReason) => Judgement;

function judgeHeld(expectation: Expectation, seen: Observation, say: Say, unreadable: () => Judgement): Judgement {
  if (seen.hold === 'unknown') return unreadable();
  if (seen.account === 'gone') return say('absent', 'account-gone');
  if (seen.hold === 'pending') return say('pending', 'waiting-in-target');
  if (seen.hold === 'none') return say('absent', 'not-held');
  if (seen.hold === 'indirect') return say('different', 'held-through-another-path');
  if (seen.account === 'inactive') return say('different', 'account-inactive');
  if (expectation.changeKind === 'modify') {
    const replaced = expectation.replaces.map((r) => seen.replaced[r.entitlementId] ?? 'unknown');
    if (replaced.some((hold) => hold === 'direct' || hold === 'indirect' || hold === 'pending'))
      return say('different', 'previous-level-remains');
    if (replaced.some((hold) => hold === 'unknown')) return unreadable();
  }
  return say('confirmed', 'held');
}

function judgeRevoke(seen: Observation, say: Say, unreadable: () => Judgement): Judgement {
  switch (seen.hold) {
    case 'unknown':
      return unreadable();
    case 'direct':
      return say('different', 'still-held');
    case 'indirect':
      return say('different', 'held-through-another-path');
    case 'pending':
      return say('pending', 'waiting-in-target');
    case 'none':
      return say('confirmed', seen.account === 'gone' ? 'account-gone' : 'gone');
  }
}
