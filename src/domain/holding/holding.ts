import { earliest, epochMs, later, requireDurationMs, type Duration, type Instant } from '../instant';

/** Why access is to be taken away. */
export type RevocationReason =
  | 'end'
  | 'given-back'
  | 'leaver'
  | 'mover'
  | 'sponsor-left'
  | 'contract-ended'
  | 'emergency-over'
  | 'emergency-rejected'
  /** It is in the target although nobody asks for it any more, or it was declined. */
  | 'left-behind'
  | 'compromised';

/** How access that was held came to its end. */
export type HoldingEnd = 'removed' | 'extended' | 'never-given';

/** Verified standing access of one item, with its end and the removal that follows it. */
export interface Holding {
  readonly since: Instant;
  readonly endsAt?: Instant;
  /** When the people are told that it ends. */
  readonly warnAt?: Instant;
  /** When the removal is raised: early enough to be finished before the end. */
  readonly raiseAt?: Instant;
  readonly warnedAt?: Instant;
  /** When the directory is asked again whether what justified the access still holds. */
  readonly checkAt?: Instant;
  /** The removal that was raised for it, with the issue once Jira made one. */
  readonly revocation?: {
    readonly reason: RevocationReason;
    readonly at: Instant;
    readonly issueId?: string;
    readonly key?: string;
  };
  readonly extensions?: ReadonlyArray<{ readonly at: Instant; readonly issueId?: string; readonly key?: string }>;
  readonly over?: { readonly at: Instant; readonly how: HoldingEnd };
  /** It was opened in an emergency and is not proven yet; its removal is scheduled all the same. */
  readonly provisional?: boolean;
}

/** How a holding's end is prepared. */
export interface EndPlan {
  /** How long before the end the removal is raised. */
  readonly revocationLead: Duration;
  /** How long before the end the people are told. */
  readonly warnBefore: Duration;
  /** How often the directory is asked about the identity. */
  readonly checkEvery: Duration;
}

/** Never more than this share of the whole time: access for an hour is not taken away after five minutes. */
const leadShare = 0.25;
const warnShare = 0.5;

/** A holding that begins, or whose end moved. What was raised or told stays. */
export function planHolding(
  before: Holding | undefined,
  since: Instant,
  endsAt: Instant | undefined,
  plan: EndPlan,
): Holding {
  const {
    endsAt: _end,
    warnAt: _warn,
    raiseAt: _raise,
    provisional: _provisional,
    ...kept
  } = before ?? {
    checkAt: later(since, requireDurationMs(plan.checkEvery)),
  };
  const held = { ...kept, since: before?.since ?? since };
  if (endsAt === undefined) return held;
  const lasts = Math.max(0, epochMs(endsAt) - epochMs(held.since));
  const lead = Math.min(requireDurationMs(plan.revocationLead), lasts * leadShare);
  const warn = Math.min(requireDurationMs(plan.warnBefore), lasts * warnShare);
  return {
    ...held,
    endsAt,
    raiseAt: later(endsAt, -Math.round(lead)),
    warnAt: later(endsAt, -Math.round(Math.max(warn, lead))),
  };
}

/** What a holding waits for next, and when. */
export function holdingWants(holding: Holding): ReadonlyArray<{ readonly what: HoldingWant; readonly at: Instant }> {
  if (holding.over !== undefined) return [];
  const wants: Array<{ what: HoldingWant; at: Instant }> = [];
  if (holding.revocation === undefined) {
    if (holding.warnAt !== undefined && holding.warnedAt === undefined)
      wants.push({ what: 'warn', at: holding.warnAt });
    if (holding.raiseAt !== undefined) wants.push({ what: 'raise', at: holding.raiseAt });
    if (holding.checkAt !== undefined) wants.push({ what: 'check', at: holding.checkAt });
  }
  return wants;
}

export type HoldingWant = 'warn' | 'raise' | 'check';

/** When a holding is to be looked at next. */
export function holdingLook(holding: Holding): Instant | undefined {
  return earliest(...holdingWants(holding).map((want) => want.at));
}
