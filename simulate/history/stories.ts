import type { Fault, Step } from '../script';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

type Beat = Pick<Step, 'actor' | 'dice' | 'waitMs' | 'faults'>;

/** One thing that happens in a story, and how long it takes until the next. */
function beat(actor: string, waitMs = 2 * second, dice: readonly number[] = [], faults: readonly Fault[] = []): Beat {
  return { actor, dice, waitMs, faults };
}

const asked = beat('flow-ask-grant');
const approved = [asked, beat('flow-approve')];
const given = [...approved, beat('flow-fulfil')];
const proven = [...given, beat('verify', minute)];
const removalAsked = [beat('flow-holds', 0), beat('flow-ask-removal', minute)];

/**
 * Courses of events in which a rule is about to be broken: chance alone comes there once in thousands of histories. A
 * history may follow one of them, with whatever else happens in between.
 */
export const stories: readonly (readonly Beat[])[] = [
  // A proof is used at the very instant at which it ends.
  [...given, beat('verify', 15 * minute), beat('resolve')],
  // A newer reading contradicts an older one.
  [...proven, beat('flow-take-back', second), beat('verify', minute), beat('resolve')],
  // Access is taken away in one way and left in another.
  [...removalAsked, beat('flow-other-path', 0), beat('flow-take-out', second), beat('resolve')],
  // The new level is there, and so is the old one.
  [beat('flow-holds', 0), beat('flow-ask-change'), beat('flow-approve'), beat('flow-give', second), beat('resolve')],
  // The invitation is sent and not accepted.
  [...approved, beat('flow-invite', second), beat('resolve')],
  // Somebody answers when the time to answer is long over, and no sweep has said so.
  [
    beat('flow-ask-grant', 31 * day, [], [{ kind: 'silence', forMs: 40 * day }]),
    beat('flow-approve'),
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
    beat('flow-ask-long'),
    beat('flow-decline-in-panel', 0, [], [{ kind: 'job', nth: 1, fate: 'lost', ms: 0 }]),
    beat('flow-give'),
    beat('start'),
  ],
  // Somebody answers while the request is of a type that nothing governs.
  [
    beat('flow-ask-short', minute),
    beat('flow-other-type', 0),
    beat('flow-approve', 0),
    beat('flow-other-type', minute),
    beat('flow-give', second),
    beat('resolve'),
  ],
  // An approver leaves after the approval.
  [...given, beat('flow-approver-leaves', 0), beat('resolve')],
  // Closed under an exception, which ends.
  [...approved, beat('grant-exception', 0, [0, 0, 500, 0, 0, 900]), beat('resolve', 3 * hour)],
  // Granted for hours, and forgotten.
  [beat('flow-ask-short'), beat('flow-approve'), beat('flow-fulfil'), beat('flow-resolve', 5 * hour)],
  // Nobody does anything for days.
  [beat('flow-ask-grant', 3 * day)],
  [...removalAsked, beat('wait', 3 * day)],
];
