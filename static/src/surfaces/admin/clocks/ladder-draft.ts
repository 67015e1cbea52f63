import type { ladderInput } from '../../../../../src/contract/inputs';
import type { SettingsView } from '../../../../../src/contract/settings-view';
import type { Input } from '../../../bridge';
import { en, fill } from '../../../texts/en';
import { durationMs, type Moments } from '../../../texts/moments';

export type LadderInput = Input<typeof ladderInput>;
export type StepInput = LadderInput['steps'][number];
export type Action = StepInput['action'];
export type Clock = StepInput['clock'];
export type StoredLadder = SettingsView['ladders'][number];
export type ShownLadder = SettingsView['defaultLadders'][number];
export type MomentKind = 'share' | 'before' | 'due' | 'after';

export const clocks: readonly Clock[] = ['approval', 'fulfilment', 'removal', 'compromise', 'review'];

/** A ladder as it is edited: the members of the contract and nothing else. */
export function ladderOf(stored: ShownLadder): LadderInput {
  const { id, name, remindersAtMost, steps } = structuredClone(stored) as unknown as LadderInput;
  return { id, name, remindersAtMost, steps };
}

export function momentKind(at: StepInput['at']): MomentKind {
  if ('share' in at) return 'share';
  if ('before' in at) return 'before';
  return durationMs(at.after) === 0 ? 'due' : 'after';
}

/** Where a step stands when the target is this long: 0 the start, 1 the due instant. */
export function placeOf(at: StepInput['at'], target: string): number {
  if ('share' in at) return at.share;
  const offset = durationMs('before' in at ? at.before : at.after) / Math.max(1, durationMs(target));
  return Math.max(0, 'before' in at ? 1 - offset : 1 + offset);
}

export function momentInWords(at: StepInput['at'], moments: Moments): string {
  const words = en.admin.clocks.ladders.at;
  if ('share' in at) return fill(words.share, { share: percentOf(at.share) });
  if ('before' in at) return fill(words.before, { duration: moments.duration(at.before) });
  return momentKind(at) === 'due' ? words.due : fill(words.after, { duration: moments.duration(at.after) });
}

export function percentOf(share: number): number {
  return Math.round(share * 1000) / 10;
}

export function actionInWords(action: Action): string {
  const whom =
    action.do === 'remind' || action.do === 'notify'
      ? new Intl.ListFormat('en', { type: 'conjunction' }).format(
          action.to.map((audience) => en.clocks.audiences[audience] ?? audience),
        )
      : '';
  return fill(en.clocks.do[action.do], { whom });
}

/** Nobody is told, or something that is needed is empty. */
export function stepProblem(step: StepInput): 'whom' | 'offset' | 'approval' | 'source' | 'priority' | undefined {
  const { action, at } = step;
  if ((action.do === 'remind' || action.do === 'notify') && action.to.length === 0) return 'whom';
  if ('before' in at && durationMs(at.before) === 0) return 'offset';
  if ((action.do === 'add-approvers' || action.do === 'auto-decline') && step.clock !== 'approval') return 'approval';
  if (action.do === 'raise-priority' && action.priority.trim() === '') return 'priority';
  const sources = action.do === 'add-approvers' ? action.sources : action.do === 'reassign' ? [action.to] : [];
  return sources.some((source) => Object.values(source).some((value) => value === '')) ? 'source' : undefined;
}
