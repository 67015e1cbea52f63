import { statuses } from '../company';
import type { DeskIssue } from '../desk/desk-issue';
import type { SiteScript } from '../script';
import type { Wanted } from './wanted';

/** Whether the rules bind an issue: a governed kind, raised since the enforcement, in a mode that refuses. */
export function isBound(issue: DeskIssue, wanted: Wanted | undefined, site: SiteScript): boolean {
  if (site.mode !== 'enforce' || wanted?.kind === undefined) return false;
  return issue.created >= Date.parse(site.startsAt) + site.legacyForMs;
}

/** The approval gate let the work start. */
export function startedByTheBook(issue: DeskIssue): boolean {
  return issue.statusChanges.some(({ gated, to }) => to === statuses.inProgress && gated);
}
