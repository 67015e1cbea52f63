import type { AuditEntry } from '../../src/domain/audit/entry';
import { statuses } from '../company';
import type { DeskIssue, StatusChange } from '../desk/desk-issue';
import type { Installation } from '../platform/installation';
import { isBound } from '../truth/governed';
import { exceptedAt } from '../truth/stand-ins';
import type { Checker } from './checker';

const minute = 60_000;
/** Longer than any proof is trusted, with the clocks as far apart as they can be. */
const trustedAtMost = 27 * minute;

/** L5: what came into Resolved behind the gate is flagged; what the gate let through is not. */
export const ungated: Checker = {
  name: 'L5',
  atEnd(installation, { site, now, clockWasOff, silentTooLong }) {
    for (const issue of installation.desk.list()) {
      const wanted = issue.contents.at(-1)?.wanted;
      if (!isBound(issue, wanted, site) || issue.contents.some((content) => content.wanted.kind === undefined))
        continue;
      const flagged = flaggedAt(installation, issue);
      for (const [index, change] of issue.statusChanges.entries()) {
        if (change.to !== statuses.resolved) continue;
        const flag = flagged.includes(new Date(change.at).toISOString());
        if (change.gated && flag && !clockWasOff && !contradicted(issue, index))
          return `${issue.key} is accused although its gate let it through at ${new Date(change.at).toISOString()}`;
        if (
          change.gated ||
          flag ||
          silentTooLong ||
          !stayed(issue, index, now) ||
          provenAround(installation, issue, change) ||
          exceptedAt(installation, issue, change.at)
        )
          continue;
        return `${issue.key} was moved to Resolved at ${new Date(change.at).toISOString()} and nobody noticed`;
      }
      const born = issue.statusChanges.length === 0 && issue.statusId === statuses.resolved;
      if (born && flagged.length === 0 && !silentTooLong)
        return `${issue.key} was created in Resolved and nobody noticed`;
    }
    return undefined;
  },
};

/** Instants of closings that the app flagged. */
function flaggedAt({ rows }: Installation, issue: DeskIssue): string[] {
  return rows
    .chain(`request:${issue.id}`)
    .flatMap((entry: AuditEntry) => entry.facts)
    .filter(({ fact }) => fact === 'ungated-resolution')
    .map((fact) => String(fact['at']));
}

/** The issue lay there long enough to be found, or until the app itself took it away. */
function stayed(issue: DeskIssue, index: number, now: number): boolean {
  const change = issue.statusChanges[index] as StatusChange;
  const next = issue.statusChanges[index + 1];
  if (!next) return now - change.at > 65 * minute;
  return next.by === 'app';
}

/** A proof was at hand, so that the closing is covered whoever made it. */
function provenAround({ witness }: Installation, issue: DeskIssue, { at }: StatusChange): boolean {
  return witness.told.some(
    (told) =>
      told.issueId === issue.id &&
      told.at <= at + minute &&
      told.at > at - trustedAtMost &&
      told.seen.hold !== 'unknown',
  );
}

/** It was reopened and closed so fast that one look saw two closings. */
function contradicted(issue: DeskIssue, index: number): boolean {
  const [before, change] = [issue.statusChanges[index - 1], issue.statusChanges[index]];
  // Within a second Jira's two instants of one change cannot be told apart.
  if (before && change && change.at - before.at < 2_000) return true;
  return (
    index > 0 &&
    issue.statusChanges
      .slice(0, index)
      .some(({ to }) => to === statuses.resolved || to === statuses.canceled || to === statuses.declined)
  );
}
