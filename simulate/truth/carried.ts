import type { Installation } from '../platform/installation';
import { declinedBy, unapproved } from './approvals';
import { standsIn } from './stand-ins';
import type { IssueRead } from './witness';

/** Why nobody's decision carries a write of what was read, or undefined when somebody's does. */
export function whyNot(
  installation: Installation,
  issueId: string,
  { wanted }: Pick<IssueRead, 'wanted'>,
  at: number,
  appAt: number,
): string | undefined {
  const issue = installation.desk.issues.get(issueId);
  if (!issue) return 'there is no such issue';
  const asked = { askedAt: at, appAskedAt: appAt, endedAt: at, wantedAtRead: wanted.key };
  const seen = { ...asked, issueId, gate: 'approval' as const, reply: { killed: true as const } };
  if (standsIn(installation, issue, seen, 'approval')) return undefined;
  const missing = unapproved(installation, issue, wanted, at);
  if (missing) return missing;
  const no = declinedBy(installation, issue, wanted, at);
  return no && `${no} declined it`;
}
