import { evaluateRule } from '../expression/evaluate-rule';
import type { IssueRecord, PersonRecord } from '../records';
import type { Site } from '../site-state';
import type { TransitionDefinition } from './definition';

/**
 * Runs every app validator of a transition and collects what they say. They call back into the site, so this must not
 * run inside a store transaction. A rule that is missing, throws or answers no boolean denies.
 */
export async function runValidators(
  site: Site,
  issue: IssueRecord,
  actor: PersonRecord,
  transition: TransitionDefinition,
  modifiedFields: Record<string, unknown>,
): Promise<string[]> {
  const messages: string[] = [];
  for (const { module, configuration } of transition.validators) {
    const rule = site.hooks.workflowRule(module);
    const unavailable = `The validator '${module}' of transition '${transition.name}' could not be evaluated.`;
    if (rule === undefined || rule.kind !== 'validator') {
      messages.push(unavailable);
    } else if (rule.expression !== undefined) {
      if (!evaluateRule(site, rule.expression, issue, actor, transition, configuration)) {
        messages.push(rule.errorMessage ?? unavailable);
      }
    } else {
      const verdict = await askFunction(site, module, {
        issue: { key: issue.key },
        configuration,
        transition: { from: { id: issue.statusId }, to: { id: transition.to }, modifiedFields },
      });
      if (verdict.result !== true) messages.push(verdict.errorMessage ?? rule.errorMessage ?? unavailable);
    }
  }
  return messages;
}

type Payload = Parameters<Site['hooks']['runValidator']>[1];

async function askFunction(
  site: Site,
  module: string,
  payload: Payload,
): Promise<{ result: boolean; errorMessage?: string }> {
  try {
    return await site.hooks.runValidator(module, payload);
  } catch {
    return { result: false };
  }
}
