import { onCall } from '../../domain/approval/rota';
import { independenceConflict, type Roles } from '../../domain/approval/independence';
import type { ApproverSource, Stage, StageRule } from '../../domain/approval/stage';
import type { CatalogueEntry } from '../../domain/catalogue/entitlement';
import type { Identity } from '../../domain/identity/identity';
import type { IssueView } from '../../domain/request/issue-view';
import type { Problem } from '../../domain/request/problem';
import type { Lookup, Ports, Target } from '../ports';

interface Question {
  readonly rules: readonly StageRule[];
  readonly roles: Roles;
  readonly beneficiary: Identity;
  readonly entry: CatalogueEntry;
  readonly issue: IssueView;
  readonly fallbackApproverId: string | undefined;
}

/**
 * Finds the people behind each stage, once: this is the snapshot that approvals are counted against. People who are not
 * independent, not active or no people are left out; a stage that is left without anybody goes to the fallback approver.
 */
export async function resolveStages(
  ports: Pick<Ports, 'issues' | 'configuration' | 'clock'>,
  directory: Target,
  question: Question,
): Promise<{
  readonly stages: readonly Stage[];
  readonly problems: readonly Problem[];
  readonly names: Readonly<Record<string, string>>;
}> {
  const stages: Stage[] = [];
  const problems: Problem[] = [];
  const names: Record<string, string> = {};
  const needed = new Set<string>();
  for (const rule of question.rules) {
    const found = new Set<string>();
    for (const source of rule.sources) {
      const people = await peopleOfSource(ports, directory, source, {
        beneficiary: question.beneficiary,
        ownerAccountId: question.entry.ownerAccountId,
        issue: question.issue,
      });
      if (people.found === 'unreadable') {
        return {
          stages: [],
          names,
          problems: [
            {
              code: 'directory-unreadable',
              text: 'The directory could not be read to find the approvers. This is tried again by itself.',
              retry: true,
            },
          ],
        };
      }
      for (const accountId of people.accountIds) found.add(accountId);
    }
    const free = [...found].filter((accountId) => !needed.has(accountId));
    const own = await independent(ports, free, question.roles, names);
    const fallback =
      question.fallbackApproverId !== undefined && !needed.has(question.fallbackApproverId)
        ? [question.fallbackApproverId]
        : [];
    // Whoever may not approve is replaced where everybody must: leaving a person out must not make approval easier.
    const people = Math.max(found.size, rule.sources.length);
    const short = own.length === 0 || (rule.quorum === 'all' && own.length < people);
    const able = short
      ? [
          ...own,
          ...(await independent(
            ports,
            fallback.filter((id) => !own.includes(id)),
            question.roles,
            names,
          )),
        ]
      : own;
    if (able.length === 0 || (rule.quorum !== 'all' && able.length < rule.quorum)) {
      problems.push({
        code: 'no-approver',
        text: `Nobody can approve the stage "${rule.name}": its approvers are missing, inactive or part of the request. Ask the governance owner to complete the policy.`,
        retry: false,
      });
      continue;
    }
    const quorum = rule.quorum === 'all' ? able.length : rule.quorum;
    stages.push({ id: rule.id, name: rule.name, order: rule.order, quorum, approvers: able });
    // A person counts once over all stages: who is needed here cannot be asked again later.
    if (quorum === able.length) for (const accountId of able) needed.add(accountId);
  }
  return { stages, problems, names };
}

async function independent(
  ports: Pick<Ports, 'issues'>,
  accountIds: readonly string[],
  roles: Roles,
  names: Record<string, string>,
): Promise<string[]> {
  const able: string[] = [];
  for (const accountId of accountIds) {
    if (independenceConflict(accountId, roles)) continue;
    const person = await ports.issues.person(accountId);
    if (!person?.active || person.isApp) continue;
    names[accountId] = person.displayName;
    able.push(accountId);
  }
  return able;
}

type Found = { readonly found: 'people'; readonly accountIds: readonly string[] } | { readonly found: 'unreadable' };

/** The people behind a source, as they are now. */
export async function peopleOfSource(
  ports: Pick<Ports, 'issues' | 'configuration' | 'clock'>,
  directory: Target,
  source: ApproverSource,
  question: {
    readonly beneficiary: Identity;
    readonly ownerAccountId: string | undefined;
    readonly issue: IssueView;
  },
): Promise<Found> {
  const people = (...ids: Array<string | undefined>): Found => ({
    found: 'people',
    accountIds: ids.filter((id): id is string => id !== undefined),
  });
  switch (source.kind) {
    case 'person':
      return people(source.accountId);
    case 'entitlement-owner':
      return people(question.ownerAccountId);
    case 'group':
      return people(...(await ports.issues.groupMembers(source.group)));
    case 'field': {
      const value = question.issue.values[source.fieldId];
      const list = Array.isArray(value) ? value : [value];
      return people(...list.filter((v): v is string => typeof v === 'string'));
    }
    case 'on-call': {
      const rota = (await ports.configuration.get('rota', source.rota))?.value;
      return people(rota && onCall(rota, ports.clock.now()));
    }
    case 'manager':
      return managerOf(directory, question.beneficiary);
  }
}

async function managerOf(directory: Target, beneficiary: Identity): Promise<Found> {
  if (beneficiary.managerId === undefined) return { found: 'people', accountIds: [] };
  const manager: Lookup<Identity> = await directory.identityById(beneficiary.managerId);
  if (manager.found === 'unreadable') return { found: 'unreadable' };
  return {
    found: 'people',
    accountIds: manager.found === 'one' && manager.value.accountId ? [manager.value.accountId] : [],
  };
}
