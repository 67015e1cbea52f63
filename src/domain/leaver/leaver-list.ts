import { canonicalHash } from '../canonical';
import type { RevocationReason } from '../holding/holding';
import { earliest, epochMs, later, type Instant } from '../instant';

/** Why somebody stands on a list of leavers: the reason that their removals carry. */
export type LeaverKind = Extract<RevocationReason, 'leaver' | 'mover' | 'contract-ended'>;

/** How a list names somebody. */
export type LeaverName =
  | { readonly by: 'id'; readonly value: string }
  | { readonly by: 'login'; readonly value: string }
  | { readonly by: 'employee-number'; readonly value: string };

/** One entry as it was sent: from `at` on, this identity has lost its access. */
export interface Leaver {
  readonly who: LeaverName;
  readonly kind: LeaverKind;
  readonly at: Instant;
}

/** Why an entry could not be applied yet. */
export type LeaverProblem =
  /** No directory knows the identity. */
  | 'not-found'
  /** Several identities have this name. */
  | 'ambiguous'
  /** A directory did not answer. */
  | 'directory-unreadable'
  /** No directory can be asked for employee numbers. */
  | 'no-employee-numbers'
  /** Something unexpected; the log has more. */
  | 'failed';

/** An entry that is not finished. */
export interface WaitingLeaver extends Leaver {
  /** When it is looked at next; absent when it gave up and waits for a person. */
  readonly nextAt?: Instant;
  readonly problem?: LeaverProblem;
  /** Since when the removals of what was held are asked for. It is looked at again for what was still being granted. */
  readonly applied?: { readonly at: Instant; readonly identityId: string };
  /** When it gave up. */
  readonly stuckAt?: Instant;
}

/** What is left to do of one list. */
export interface LeaverList {
  readonly id: string;
  /** The key that signed it first. */
  readonly keyId: string;
  readonly receivedAt: Instant;
  readonly entries: readonly WaitingLeaver[];
}

/** What came out of looking at an entry: removals are asked for (and whether more may still be granted), or a problem. */
export type Look =
  | { readonly looked: 'applied'; readonly identityId: string; readonly mayBeGranted: boolean }
  | { readonly looked: 'known-already' }
  | { readonly looked: 'in-vain'; readonly problem: LeaverProblem };

/** An index may lag behind what was written a moment ago: so every entry is looked at a second time. */
const secondLookMs = 60 * 60_000;
const furtherLookMs = 24 * 60 * 60_000;
const firstRetryMs = 15 * 60_000;
const mostRetryMs = 6 * 60 * 60_000;
/** How long an entry is tried before it waits for a person. */
const triedMs = 7 * 24 * 60 * 60_000;

/** What an entry is remembered by once it was applied: the same entry in another list is the same. */
export function leaverHash({ who, kind, at }: Leaver): string {
  const value = who.by === 'login' ? who.value.toLocaleLowerCase('en') : who.value;
  return canonicalHash({ by: who.by, value, kind, at });
}

/** A list of what was sent, each entry once. Its id follows from the entries, so the same list again is the same list. */
export function leaverList(entries: readonly Leaver[], keyId: string, receivedAt: Instant): LeaverList {
  const unique = new Map(entries.map((entry) => [leaverHash(entry), entry]));
  return {
    id: `leavers-${canonicalHash([...unique.keys()].sort())}`,
    keyId,
    receivedAt,
    entries: [...unique.values()].map(({ who, kind, at }) => ({
      who,
      kind,
      at,
      nextAt: at > receivedAt ? at : receivedAt,
    })),
  };
}

/** Whether an entry is to be looked at now: never before its own instant, whatever else is stored. */
export function isDue(entry: WaitingLeaver, now: Instant): boolean {
  return entry.nextAt !== undefined && entry.nextAt <= now && entry.at <= now;
}

/** When the list is to be looked at next; undefined when nothing in it is. */
export function listDueAt(list: LeaverList): Instant | undefined {
  return earliest(...list.entries.map((entry) => entry.nextAt));
}

/** The entry after a look, or undefined when it is finished. */
export function afterLook(
  entry: WaitingLeaver,
  look: Look,
  receivedAt: Instant,
  now: Instant,
): WaitingLeaver | undefined {
  const { problem: _problem, nextAt: _next, stuckAt: _stuck, ...rest } = entry;
  switch (look.looked) {
    case 'known-already':
      return undefined;
    case 'applied': {
      const first = entry.applied === undefined;
      if (!first && !look.mayBeGranted) return undefined;
      return {
        ...rest,
        applied: entry.applied ?? { at: now, identityId: look.identityId },
        nextAt: later(now, first ? secondLookMs : furtherLookMs),
      };
    }
    case 'in-vain': {
      const tried = epochMs(now) - epochMs(entry.at > receivedAt ? entry.at : receivedAt);
      const { problem } = look;
      // What was applied once needs no directory any more; only what was never found can give up.
      if (tried >= triedMs && entry.applied === undefined) return { ...rest, problem, stuckAt: now };
      return { ...rest, problem, nextAt: later(now, Math.min(mostRetryMs, Math.max(firstRetryMs, tried))) };
    }
  }
}

/** The list with everything that gave up among what is to be looked at again; undefined when nothing had. */
export function retryList(list: LeaverList, now: Instant): LeaverList | undefined {
  if (!list.entries.some((entry) => entry.stuckAt !== undefined)) return undefined;
  return {
    ...list,
    entries: list.entries.map(({ stuckAt, ...entry }) => (stuckAt === undefined ? entry : { ...entry, nextAt: now })),
  };
}
