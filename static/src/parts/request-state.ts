import { en } from '../texts/en';
import type { Tone } from './tone';

const tones: Readonly<Record<string, Tone>> = {
  submitted: 'neutral',
  problems: 'warning',
  'awaiting-approval': 'information',
  approved: 'information',
  fulfilling: 'information',
  verifying: 'information',
  verified: 'success',
  closed: 'neutral',
  'closed-proven': 'success',
  excepted: 'warning',
  declined: 'danger',
  lapsed: 'warning',
  cancelling: 'warning',
  cancelled: 'neutral',
  reopened: 'warning',
  deleted: 'neutral',
};

/** A request's state as a word and what it means. A state this version does not know shows its own name. */
export function stateInWords(request: {
  readonly state: string;
  readonly hasProblems: boolean;
  readonly proven: boolean;
}): { readonly word: string; readonly tone: Tone } {
  const key =
    request.hasProblems && open.has(request.state)
      ? 'problems'
      : request.state === 'closed' && request.proven
        ? 'closed-proven'
        : request.state;
  return { word: en.states[key] ?? request.state, tone: tones[key] ?? 'neutral' };
}

const open: ReadonlySet<string> = new Set([
  'submitted',
  'awaiting-approval',
  'approved',
  'fulfilling',
  'verifying',
  'reopened',
]);

/** Nothing is done any more in these. */
export function isOver(state: string): boolean {
  return (
    state === 'closed' ||
    state === 'excepted' ||
    state === 'declined' ||
    state === 'cancelled' ||
    state === 'deleted' ||
    state === 'lapsed'
  );
}

/** The work is under way: readings and reports make sense. */
export function isWorkable(state: string): boolean {
  return (
    state === 'approved' ||
    state === 'fulfilling' ||
    state === 'verifying' ||
    state === 'verified' ||
    state === 'reopened'
  );
}
