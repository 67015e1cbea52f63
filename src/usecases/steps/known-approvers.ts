import type { GateRow } from '../../domain/gate/gate-row';
import type { IssueView } from '../../domain/request/issue-view';
import type { Ports } from '../ports';

/** Approvers whom the issue does not mention any more are looked up: an unknown approver is never taken for active. */
export async function withKnownApprovers(
  ports: Pick<Ports, 'issues'>,
  issue: IssueView,
  row: GateRow,
): Promise<IssueView> {
  const unknown = row.approvers.filter((accountId) => issue.activeAccounts[accountId] === undefined);
  if (unknown.length === 0) return issue;
  const activeAccounts: Record<string, boolean> = { ...issue.activeAccounts };
  for (const accountId of unknown) activeAccounts[accountId] = (await ports.issues.person(accountId))?.active ?? false;
  return { ...issue, activeAccounts };
}
