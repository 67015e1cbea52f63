import type { Fault, SiteScript, Step } from '../script';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** By then the app has heard of it, however slow Jira's events are here, and made what follows from it. */
const heard = 7 * minute;

type Beat = Pick<Step, 'actor' | 'dice' | 'waitMs' | 'faults' | 'race' | 'jump'>;

/** What happens in a story, and where, if that matters. */
export interface Story {
  readonly beats: readonly Beat[];
  readonly site?: Partial<Omit<SiteScript, 'direct'>>;
  /** People make the changes: the app may not write. */
  readonly byHand?: true;
}

/** One thing that happens in a story, and how long it takes until the next. */
function beat(actor: string, waitMs = 2 * second, dice: readonly number[] = [], faults: readonly Fault[] = []): Beat {
  return { actor, dice, waitMs, faults };
}

/** Nothing but the app's clock decides: every call takes no time at all. */
const atOnce = { callMs: 0 } as const;
/** On a plain day, with rules that bind: a summer's access needs the manager alone. */
const plain = { startsAt: '2026-06-15T08:00:00.000Z', mode: 'enforce', legacyForMs: 0, installations: 1 } as const;

const asked = beat('flow-ask-grant', heard);
const approved = [asked, beat('flow-approve', heard)];
const given = [...approved, beat('flow-fulfil')];
const proven = [...given, beat('verify', minute)];
const removalAsked = [beat('flow-holds', 0), beat('flow-ask-removal', heard)];

/**
 * Courses of events in which a rule is about to be broken: chance alone comes there once in thousands of histories. A
 * history may follow one of them, with whatever else happens in between.
 */
const told: ReadonlyArray<Story | readonly Beat[]> = [
  // A proof is used at the very instant at which it ends.
  {
    beats: [...given, { ...beat('verify', minute), jump: true }, beat('resolve')],
    site: { ...plain, ...atOnce },
    byHand: true,
  },
  // A newer reading contradicts an older one.
  [...proven, beat('flow-take-back', second), beat('verify', minute), beat('resolve')],
  // Access is taken away in one way and left in another.
  [...removalAsked, beat('flow-other-path', 0), beat('flow-take-out', second), beat('resolve')],
  // The new level is there, and so is the old one.
  [
    beat('flow-holds', 0),
    beat('flow-ask-change', heard),
    beat('flow-approve', heard),
    beat('flow-give', second),
    beat('resolve'),
  ],
  // The invitation is sent and not accepted.
  [...approved, beat('flow-invite', second), beat('resolve')],
  // Somebody answers when the time to answer is long over, and no sweep has said so.
  [
    beat('flow-ask-grant', 31 * day, [], [{ kind: 'silence', forMs: 40 * day }]),
    beat('flow-approve', heard),
    beat('flow-give', second),
    beat('resolve'),
  ],
  // The leave to cancel a removal is used the day after tomorrow.
  [...removalAsked, beat('call-off', 26 * hour), beat('cancel')],
  // Something else is asked for a moment before the gate is.
  [...proven, beat('flow-swap', 0), beat('resolve')],
  // The same for longer, a moment before the gate is asked, and a while before.
  [...proven, beat('flow-extend', 0), beat('resolve')],
  [...given, beat('flow-extend', minute), beat('flow-give', second), beat('resolve')],
  // It ends and is opened again before anybody looks.
  [
    ...proven,
    beat('flow-resolve', 0),
    beat('flow-reopen', 0),
    beat('flow-take-back', 0),
    beat('start', 0),
    beat('resolve'),
  ],
  [
    ...approved,
    beat('flow-back', 0),
    beat('flow-cancel', 0),
    beat('flow-reopen', 0),
    beat('start'),
    beat('flow-give'),
    beat('resolve'),
  ],
  // Nobody is told that a request was raised, or moved behind the gate.
  [beat('flow-ask-grant', 3 * hour, [], [{ kind: 'event', nth: 1, fate: 'lost', ms: 0 }])],
  [...approved, beat('flow-bulk-move', 3 * hour, [], [{ kind: 'event', nth: 1, fate: 'lost', ms: 0 }])],
  // One of two says no.
  [
    beat('flow-ask-long', heard),
    beat('flow-decline-in-panel', 0, [], [{ kind: 'job', nth: 1, fate: 'lost', ms: 0 }]),
    beat('flow-give'),
    beat('start'),
  ],
  // Somebody answers while the request is of a type that nothing governs.
  [
    beat('flow-ask-short', heard),
    beat('flow-other-type', 0),
    beat('flow-approve', 0),
    beat('flow-other-type', minute),
    beat('flow-give', second),
    beat('resolve'),
  ],
  // An approver leaves after the approval.
  [...given, beat('flow-approver-leaves', 0), beat('resolve')],
  // Granted for hours, and forgotten.
  [beat('flow-ask-short', heard), beat('flow-approve', heard), beat('flow-fulfil'), beat('flow-resolve', 5 * hour)],
  // Nobody does anything for days.
  [beat('flow-ask-grant', 3 * day)],
  [...removalAsked, beat('wait', 3 * day)],
  // A deactivated account is a member.
  [...given, beat('flow-account-off', second), beat('resolve')],
  // It is proven before the work was ever begun.
  [
    beat('flow-ask-removal', 3 * minute, [], [{ kind: 'job', nth: 1, fate: 'lost', ms: 0 }]),
    beat('verify', 10 * minute),
  ],
  // The target answers when something else is asked for, after something that nobody understood.
  {
    beats: [
      beat('flow-ask-removal', heard),
      beat('flow-give', 0),
      beat('flow-walk-away', 0, [], [{ kind: 'job', nth: 1, fate: 'late', ms: 30 * second }]),
      { ...beat('flow-typo-and-swap', minute), race: { seed: 0, sweeps: 0, deliveries: 1, slow: true } },
      beat('resolve'),
    ],
    site: plain,
    byHand: true,
  },
  // An exception is used when it is over, and no sweep has said so.
  {
    beats: [
      ...approved,
      { ...beat('flow-except', minute, [], [{ kind: 'silence', forMs: 2 * hour }]), jump: true },
      beat('resolve'),
    ],
    site: { ...plain, ...atOnce },
    byHand: true,
  },
  [...approved, beat('flow-except', hour + minute, [], [{ kind: 'silence', forMs: 2 * hour }]), beat('resolve')],
  {
    beats: [
      asked,
      { ...beat('flow-except-approval', minute, [], [{ kind: 'silence', forMs: 3 * hour }]), jump: true },
      beat('flow-give', second),
      beat('resolve'),
    ],
    site: plain,
    byHand: true,
  },
  // Several invocations take up the same effects.
  {
    beats: [
      ...approved,
      beat('flow-bulk-move', 0, [], [{ kind: 'event', nth: 1, fate: 'lost', ms: 0 }]),
      beat('flow-look', 0, [], [{ kind: 'job', nth: 1, fate: 'late', ms: 30 * second }]),
      { ...beat('wait', minute), race: { seed: 0, sweeps: 2, deliveries: 1 } },
    ],
    site: { ...plain, staleMs: 0 },
  },
  // Closed under an exception, which ends.
  { beats: [...approved, beat('flow-except', 0), beat('resolve', 3 * hour)], site: plain, byHand: true },
  // Somebody who is no governance owner wants an exception.
  { beats: [...approved, beat('flow-except-oneself', 0), beat('resolve', minute)], site: plain, byHand: true },
  // The app dies when it has raised an issue.
  {
    beats: [...approved, beat('flow-bulk-move', hour, [], [{ kind: 'crash', nth: 1, when: 'after', at: 'create' }])],
    site: plain,
    byHand: true,
  },
];

export const stories: readonly Story[] = told.map((story) => ('beats' in story ? story : { beats: story }));
