import type { ApproverSource } from '../approval/stage';
import type { Risk } from '../catalogue/entitlement';
import { durationMs, type Duration } from '../instant';
import type { ClockKind } from '../sla/clock';

/** Where on a clock a step stands: at a share of its target, or an offset before or after its due instant. */
export type StepMoment = { readonly share: number } | { readonly before: Duration } | { readonly after: Duration };

/** Who hears of it. */
export type Audience = 'assignee' | 'approvers' | 'requester' | 'beneficiary' | 'governance-owner' | 'privileged-owner';

/** What a step does. */
export type StepAction =
  | { readonly do: 'remind'; readonly to: readonly Audience[] }
  | { readonly do: 'notify'; readonly to: readonly Audience[] }
  /** These people may approve the open stage too, because policy says so; they are independent like all others. */
  | { readonly do: 'add-approvers'; readonly sources: readonly ApproverSource[] }
  | { readonly do: 'reassign'; readonly to: ApproverSource }
  | { readonly do: 'raise-priority'; readonly priority: string }
  | { readonly do: 'governance-request' }
  /** An approval that nobody gave is declined. */
  | { readonly do: 'auto-decline' };

export interface LadderStep {
  readonly id: string;
  readonly clock: ClockKind;
  readonly at: StepMoment;
  readonly action: StepAction;
}

/** What happens while a clock runs out. Reminders are capped per clock; the other steps are not. */
export interface Ladder {
  readonly id: string;
  readonly name: string;
  readonly steps: readonly LadderStep[];
  readonly remindersAtMost: number;
}

const everyKind: readonly ClockKind[] = ['approval', 'fulfilment', 'removal', 'compromise', 'review'];
const whoActs: Readonly<Record<ClockKind, readonly Audience[]>> = {
  approval: ['approvers'],
  fulfilment: ['assignee'],
  removal: ['assignee'],
  compromise: ['assignee'],
  review: ['governance-owner'],
};

/** Used where policy names no ladder. */
export const standardLadder: Ladder = {
  id: 'standard',
  name: 'Standard ladder',
  remindersAtMost: 3,
  steps: everyKind.flatMap((clock): LadderStep[] => [
    { id: `${clock}-half`, clock, at: { share: 0.5 }, action: { do: 'remind', to: whoActs[clock] } },
    { id: `${clock}-soon`, clock, at: { share: 0.9 }, action: { do: 'remind', to: whoActs[clock] } },
    { id: `${clock}-due`, clock, at: { after: 'PT0S' }, action: { do: 'notify', to: ['governance-owner'] } },
  ]),
};

/** Used for privileged access where policy names no ladder: it starts earlier and ends with a governance request. */
export const privilegedLadder: Ladder = {
  id: 'privileged',
  name: 'Privileged ladder',
  remindersAtMost: 3,
  steps: [
    ...everyKind.flatMap((clock): LadderStep[] => [
      { id: `${clock}-half`, clock, at: { share: 0.5 }, action: { do: 'remind', to: whoActs[clock] } },
      {
        id: `${clock}-soon`,
        clock,
        at: { share: 0.75 },
        action: { do: 'notify', to: ['privileged-owner'] },
      },
      {
        id: `${clock}-due`,
        clock,
        at: { after: 'PT0S' },
        action: { do: 'notify', to: ['governance-owner', 'privileged-owner'] },
      },
      { id: `${clock}-late`, clock, at: { after: 'PT1H' }, action: { do: 'governance-request' } },
    ]),
    ...(['fulfilment', 'removal', 'compromise'] as const).map((clock): LadderStep => ({
      id: `${clock}-priority`,
      clock,
      at: { share: 0.75 },
      action: { do: 'raise-priority', priority: 'Highest' },
    })),
  ],
};

/** The ladder that holds where policy names none. */
export function defaultLadder(risk: Risk): Ladder {
  return risk === 'privileged' ? privilegedLadder : standardLadder;
}

/** Several ladders at once: all their steps, each step id of a ladder once, the smaller cap on reminders. */
export function mergeLadders(ladders: readonly Ladder[]): Pick<Ladder, 'steps' | 'remindersAtMost'> {
  const several = new Set(ladders.map((ladder) => ladder.id)).size > 1;
  const byId = new Map<string, LadderStep>();
  for (const ladder of ladders)
    for (const step of ladder.steps) {
      const id = several ? `${ladder.id}.${step.id}` : step.id;
      byId.set(id, { ...step, id });
    }
  return { steps: [...byId.values()], remindersAtMost: Math.min(...ladders.map((ladder) => ladder.remindersAtMost)) };
}

/** Sentences about what is wrong with a ladder; none when it can be saved. */
export function ladderProblems(ladder: Ladder): readonly string[] {
  const problems: string[] = [];
  if (ladder.steps.length === 0) problems.push('The ladder has no step.');
  const ids = new Set<string>();
  for (const step of ladder.steps) {
    if (ids.has(step.id)) problems.push(`Two steps are called "${step.id}". Give each its own name.`);
    ids.add(step.id);
    const { at, action } = step;
    if ('share' in at && !(at.share > 0 && at.share <= 10))
      problems.push(`Step "${step.id}": a share lies above 0 and is at most 10 (1 is the due instant).`);
    const offset = 'before' in at ? at.before : 'after' in at ? at.after : undefined;
    if (offset !== undefined && durationMs(offset) === undefined)
      problems.push(`Step "${step.id}": "${offset}" is no length of time such as PT4H.`);
    if ((action.do === 'auto-decline' || action.do === 'add-approvers') && step.clock !== 'approval')
      problems.push(`Step "${step.id}": ${action.do} is possible on the approval clock only.`);
    if ((action.do === 'remind' || action.do === 'notify') && action.to.length === 0)
      problems.push(`Step "${step.id}": nobody is named who hears of it.`);
    if (action.do === 'add-approvers' && action.sources.length === 0)
      problems.push(`Step "${step.id}": nobody is named who may approve too.`);
  }
  if (!Number.isInteger(ladder.remindersAtMost) || ladder.remindersAtMost < 0)
    problems.push('The cap on reminders is a whole number from 0 on.');
  return problems;
}
