import type { ProjectMapping, StatusRole } from '../request/project-mapping';
import { statusRole } from '../request/project-mapping';

/** A transition of a live workflow with the keys of the app's rules on it. */
export interface WorkflowTransition {
  readonly name: string;
  readonly fromStatusIds: readonly string[];
  readonly toStatusId: string;
  readonly rules: readonly string[];
}

/** The rules without which a transition into a status goes round a gate (docs/decisions/0003-gates-and-rules.md). */
const needed: Readonly<Partial<Record<StatusRole, readonly string[]>>> = {
  resolved: ['verification-gate', 'gate-guard'],
  cancelled: ['cancel-gate'],
};

/**
 * What a live workflow lacks of what enforcement needs, as sentences; none when every gate stands. Only transitions
 * between statuses that the project maps are looked at: others belong to other workflows.
 */
export function workflowProblems(
  mapping: Pick<ProjectMapping, 'statuses' | 'transitions'>,
  transitions: readonly WorkflowTransition[],
): readonly string[] {
  const own = transitions.filter((t) => mapping.statuses[t.toStatusId] !== undefined && t.fromStatusIds.length > 0);
  const problems: string[] = [];
  for (const transition of own) {
    const to = statusRole(mapping, transition.toStatusId);
    const from = transition.fromStatusIds.map((id) => statusRole(mapping, id));
    // An approval's own exits carry no rule: an answered approval cannot be asked again.
    const approvalExit = from.every((role) => role === 'waiting') && (to === 'in-progress' || to === 'declined');
    const rules = to === 'in-progress' && from.includes('submitted') ? ['approval-gate'] : (needed[to] ?? []);
    const missing = approvalExit ? [] : rules.filter((rule) => !transition.rules.includes(rule));
    if (missing.length > 0)
      problems.push(`"${transition.name}" lacks ${missing.join(' and ')}. Add it to this transition again.`);
  }
  for (const [role, name] of [
    ['resolved', mapping.transitions.resolve],
    ['submitted', mapping.transitions.reopen],
  ] as const) {
    if (!own.some((t) => t.name === name && statusRole(mapping, t.toStatusId) === role))
      problems.push(`The transition "${name}" is not in the workflow any more.`);
  }
  const exits = own.filter((t) => t.fromStatusIds.some((id) => statusRole(mapping, id) === 'waiting'));
  if (exits.length > 2)
    problems.push(
      `The approval step has ${exits.length} exits. Jira enforces an approval only when there are exactly two: remove the others.`,
    );
  return problems;
}
