import type { GateReply } from '../../src/usecases/answer-gate';
import type { Invocation } from '../platform/invocation';
import type { Installation } from '../platform/installation';
import type { Strand } from '../platform/interleaving';
import type { Surroundings } from '../platform/surroundings';
import { appAccount } from './desk';
import type { DeskIssue } from './desk-issue';
import type { Transition } from './workflow';

export type Fired = 'done' | 'not-on-offer' | { readonly refused: string };

/** A transition in the platform's order: on offer, validators, then the change, if the issue has not moved meanwhile. */
export async function fireTransition(
  world: Surroundings,
  installation: Installation,
  issue: DeskIssue,
  transition: Transition,
  by: string,
  strand: Strand | undefined,
): Promise<Fired> {
  if (!transition.from.includes(issue.statusId) || issue.deleted) return 'not-on-offer';
  if (transition.appOnly && by !== appAccount) return 'not-on-offer';
  const { statusId } = issue;
  const moves = issue.statusChanges.length;
  let reply: GateReply = { allow: true };
  if (transition.gate) {
    reply = await world.askGate(installation, transition.gate, issue, strand);
    if (!reply.allow) return { refused: reply.text };
  }
  if (issue.statusId !== statusId || issue.statusChanges.length !== moves || issue.deleted)
    return { refused: 'The issue was changed while the transition was being validated.' };
  installation.desk.toStatus(issue, transition.to, by, 'transition', transition.gate !== undefined);
  return 'done';
}

/** The same, fired by a function of the app. */
export function fire(invocation: Invocation, issue: DeskIssue, transition: Transition, by: string): Promise<Fired> {
  return fireTransition(invocation.world, invocation.installation, issue, transition, by, invocation.strand);
}
