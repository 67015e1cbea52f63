import { resolutions } from '../access-desk';
import { readValues } from '../fields/read-values';
import { isObject } from '../http/body';
import { issueByIdOrKey } from '../issues/find-issue';
import type { FieldValues, IssueRecord, PersonRecord } from '../records';
import { issueNotVisible, Refusal, refuse } from '../refusal';
import type { Site } from '../site-state';
import { applyTransition } from './apply-transition';
import { availableTransitions } from './available-transitions';
import type { TransitionDefinition } from './definition';
import { runValidators } from './run-validators';

/**
 * A person's (or the app's) transition in the platform's order: permission, conditions, fields of the screen,
 * validators, then change, history, post functions and event in one transaction. `also` runs in that transaction.
 */
export async function transitionIssue(
  site: Site,
  issue: IssueRecord,
  actor: PersonRecord,
  transitionId: string,
  screenFields: Record<string, unknown> = {},
  also: (issue: IssueRecord) => void = () => undefined,
): Promise<void> {
  const transition = performable(site, issue, actor, transitionId);
  const screen = readScreen(site, issue, transition, screenFields);
  const denials = await runValidators(site, issue, actor, transition, screenFields);
  if (denials.length > 0) throw new Refusal(400, denials);
  site.store.transaction(() => {
    const now = issueByIdOrKey(site, issue.id);
    if (now === undefined) throw issueNotVisible();
    // Validators took time: the answer they gave is about an issue that may have moved on.
    if (now.statusId !== issue.statusId || now.statusSince !== issue.statusSince) {
      throw refuse(409, `Issue ${issue.key} was changed while the transition was being validated. Try again.`);
    }
    performable(site, now, actor, transitionId);
    also(applyTransition(site, now, transition, actor.accountId, screen));
  });
}

function performable(site: Site, issue: IssueRecord, actor: PersonRecord, transitionId: string): TransitionDefinition {
  const transition = availableTransitions(site, issue, actor).find((candidate) => candidate.id === transitionId);
  // Jira does not tell a hidden transition from one that does not exist.
  if (transition === undefined) throw refuse(400, `Transition id '${transitionId}' is not valid for this issue.`);
  return transition;
}

function readScreen(
  site: Site,
  issue: IssueRecord,
  transition: TransitionDefinition,
  wanted: Record<string, unknown>,
): { values: FieldValues; resolutionId?: string | undefined } {
  const { resolution, ...others } = wanted;
  const screen = transition.screen ?? [];
  const values = readValues(others, { site, projectId: issue.projectId, dialect: 'platform' }, (field) =>
    screen.includes(field.id),
  );
  if (resolution === undefined) return { values };
  if (!screen.includes('resolution')) {
    throw new Refusal(400, [], {
      resolution: "Field 'resolution' cannot be set. It is not on the appropriate screen, or unknown.",
    });
  }
  const found = isObject(resolution)
    ? resolutions.find((known) => known.id === resolution['id'] || known.name === resolution['name'])
    : undefined;
  if (found === undefined) throw new Refusal(400, [], { resolution: 'The resolution selected is invalid.' });
  return { values, resolutionId: found.id };
}
