import { openApproval } from '../approvals/open-approval';
import { evaluateRule } from '../expression/evaluate-rule';
import { inRole, mayDo } from '../people/permissions';
import type { IssueRecord, PersonRecord } from '../records';
import type { Site } from '../site-state';
import type { Condition, TransitionDefinition } from './definition';
import { workflowOf } from './workflow';

/** The transitions that the actor is shown: the right status, the permission, and every condition holds. */
export function availableTransitions(site: Site, issue: IssueRecord, actor: PersonRecord): TransitionDefinition[] {
  if (!mayDo(site, actor.accountId, issue.projectId, 'TRANSITION_ISSUES')) return [];
  return workflowOf(site, issue.projectId).transitions.filter(
    (transition) =>
      transition.from.includes(issue.statusId) &&
      transition.conditions.every((condition) => holds(site, condition, transition, issue, actor)),
  );
}

function holds(
  site: Site,
  condition: Condition,
  transition: TransitionDefinition,
  issue: IssueRecord,
  actor: PersonRecord,
): boolean {
  switch (condition.kind) {
    case 'role':
      return inRole(site, actor.accountId, issue.projectId, condition.role);
    case 'block-in-progress-approval':
      return openApproval(site, issue.id) === undefined;
    case 'app': {
      const rule = site.hooks.workflowRule(condition.module);
      // An app that is not installed closes what its condition guards.
      return rule?.kind === 'condition' && evaluateRule(site, rule.expression, issue, actor, transition, {});
    }
  }
}
