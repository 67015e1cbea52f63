import { independenceConflict } from '../../domain/approval/independence';
import { openStage, stageProgress } from '../../domain/approval/progress';
import type { ApproverSource } from '../../domain/approval/stage';
import type { Audience, StepAction } from '../../domain/escalation/ladder';
import type { AccessRequest } from '../../domain/request/access-request';
import { requestContentHash } from '../../domain/request/content';
import { rolesOf } from '../../domain/request/lifecycle/decide';
import type { StepPeople } from '../../domain/request/lifecycle/escalate';
import type { IssueView } from '../../domain/request/issue-view';
import type { Ports } from '../ports';
import { peopleOfSource } from './resolve-stages';

type Needed = Pick<Ports, 'issues' | 'configuration' | 'targets' | 'clock'>;

const budget = { timeMs: 6_000, bytes: 1024 * 1024, calls: 8 };

const nobody: StepPeople = { audience: {}, approvers: [], names: {} };

/** Finds the people whom a step of the ladder needs. People who are not active or not independent are left out. */
export async function stepPeople(
  ports: Needed,
  request: AccessRequest,
  issue: IssueView | undefined,
  action: StepAction | undefined,
): Promise<StepPeople> {
  switch (action?.do) {
    case 'remind':
    case 'notify': {
      const audience: Partial<Record<Audience, readonly string[]>> = {};
      for (const who of action.to) audience[who] = await audienceOf(ports, request, issue, who);
      return { ...nobody, audience };
    }
    case 'add-approvers': {
      const names: Record<string, string> = {};
      const approvers = await usable(ports, request, issue, action.sources, names);
      return { ...nobody, approvers, names };
    }
    case 'reassign': {
      const [assignee] = (await usable(ports, request, issue, [action.to], {}, false)).filter(
        (accountId) => accountId !== issue?.assigneeId,
      );
      return { ...nobody, ...(assignee ? { assignee } : {}) };
    }
    default:
      return nobody;
  }
}

async function audienceOf(
  ports: Needed,
  request: AccessRequest,
  issue: IssueView | undefined,
  who: Audience,
): Promise<readonly string[]> {
  const known = (...ids: Array<string | undefined>) => ids.filter((id): id is string => id !== undefined);
  switch (who) {
    case 'assignee':
      return known(issue?.assigneeId);
    case 'requester':
      return known(request.requesterId);
    case 'beneficiary':
      return request.items.flatMap((item) => known(item.identity.accountId ?? item.ownerAccountId));
    case 'approvers': {
      const hash = requestContentHash(request.items);
      return openStage(stageProgress(request.stages, request.decisions, request.round, hash))?.outstanding ?? [];
    }
    case 'governance-owner':
      return (await ports.configuration.get('policy', 'current'))?.value.governanceOwnerIds ?? [];
    case 'privileged-owner':
      return (await ports.configuration.get('policy', 'current'))?.value.privilegedOwnerIds ?? [];
  }
}

async function usable(
  ports: Needed,
  request: AccessRequest,
  issue: IssueView | undefined,
  sources: readonly ApproverSource[],
  names: Record<string, string>,
  independent = true,
): Promise<readonly string[]> {
  const item = request.items[0];
  const mapping = (await ports.configuration.get('project', request.projectId))?.value;
  const connector = mapping && (await ports.configuration.get('connector', mapping.directoryConnectorId))?.value;
  if (!item || !connector || !issue) return [];
  const directory = ports.targets.open(connector, budget);
  const roles = rolesOf(request, issue.assigneeId ? [issue.assigneeId] : []);
  const found: string[] = [];
  for (const source of sources) {
    const people = await peopleOfSource(ports, directory, source, {
      beneficiary: item.identity,
      ownerAccountId: item.entitlement.ownerAccountId,
      issue,
    });
    if (people.found === 'unreadable') continue;
    for (const accountId of people.accountIds) {
      if (found.includes(accountId) || (independent && independenceConflict(accountId, roles))) continue;
      const person = await ports.issues.person(accountId);
      if (!person?.active || person.isApp) continue;
      names[accountId] = person.displayName;
      found.push(accountId);
    }
  }
  return found;
}
