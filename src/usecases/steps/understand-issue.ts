import { catalogueId } from '../../domain/catalogue/catalogue-id';
import type { CatalogueEntry, ChangeKind } from '../../domain/catalogue/entitlement';
import type { Connector } from '../../domain/connector';
import type { Account, Identity } from '../../domain/identity/identity';
import { requireDurationMs } from '../../domain/instant';
import { enforcementFor } from '../../domain/policy/enforcement';
import { evaluatePolicy } from '../../domain/policy/evaluate';
import type { PolicyAnswer } from '../../domain/policy/policy';
import { baselineAfter } from '../../domain/request/lifecycle/read';
import type { Content } from '../../domain/request/lifecycle/register';
import { unreadableAfter } from '../../domain/request/lifecycle/unreadable';
import type { Item } from '../../domain/request/access-request';
import { itemContentHash, lastsMs } from '../../domain/request/content';
import { governedFieldsHash } from '../../domain/request/governed-fields';
import type { IssueView } from '../../domain/request/issue-view';
import type { Problem, ProblemCode } from '../../domain/request/problem';
import type { ProjectMapping } from '../../domain/request/project-mapping';
import { displayText, identifier } from '../../domain/text';
import type { ReadFailure } from '../../domain/verification/judge';
import type { Ports, Target } from '../ports';
import { findAccount } from './find-account';
import { findIdentity } from './find-identity';
import { justification, pinPolicy } from './pin-policy';
import { failedReading, observeItem } from './read-target';
import { resolveStages } from './resolve-stages';
import { understandPeriod } from './understand-period';

type Needed = Pick<Ports, 'configuration' | 'targets' | 'issues' | 'clock' | 'ids'>;

/** For one look-up of everything: well below the 25 s of an event function. */
const budget = { timeMs: 12_000, bytes: 2 * 1024 * 1024, calls: 30 };

/** Collects what is wrong; `stop` is thrown away at the end of the understanding, never seen outside. */
class Stop extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super('not understood');
  }
}
const stop = (code: ProblemCode, text: string, retry = false): never => {
  throw new Stop([{ code, text, retry }]);
};

/**
 * Turns an issue into what it asks for: the target and entitlement in the catalogue, the identity in the directory, the
 * account in the target, what policy says, who approves, and what the target shows before anybody decided. What cannot be
 * understood becomes problems that a person can read; storage or Jira failing throws `Unavailable`.
 */
export async function understandIssue(ports: Needed, issue: IssueView, mapping: ProjectMapping): Promise<Content> {
  const changeKind = mapping.requestTypes[issue.requestTypeId ?? ''] as ChangeKind;
  const base = {
    issueId: issue.id,
    key: issue.key,
    projectId: issue.projectId,
    requesterId: issue.reporterId,
    raiserId: issue.creatorId,
    submittedAt: issue.createdAt,
    justification: displayText(String(issue.values[mapping.fields.justification] ?? ''), 2000),
    fieldsHash: governedFieldsHash(issue, mapping.fields),
    fields: mapping.fields,
    names: {},
  };
  try {
    return { ...base, ...(await understand(ports, issue, mapping, changeKind)) };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    // Without a known risk the strictest reading of the enforcement table applies.
    const { legacy } = enforcementFor(mapping.enforcement, {
      requestTypeId: issue.requestTypeId ?? '',
      risk: 'privileged',
      createdAt: issue.createdAt,
    });
    return { ...base, legacy, items: [], stages: [], problems: error.problems };
  }
}

async function understand(ports: Needed, issue: IssueView, mapping: ProjectMapping, changeKind: ChangeKind) {
  const now = ports.clock.now();
  const value = (role: keyof ProjectMapping['fields']) => {
    const id = mapping.fields[role];
    return id === undefined ? undefined : issue.values[id];
  };
  const revoke = changeKind === 'revoke';
  const { entry, connector } = await findEntitlement(ports, value('target'), value('entitlement'));
  const { period, problems } = understandPeriod(
    { start: value('start'), end: value('end'), duration: value('duration') },
    revoke,
    now,
  );
  if (problems.length > 0) throw new Stop(problems);
  const directoryConnector = (await ports.configuration.get('connector', mapping.directoryConnectorId))?.value;
  if (!directoryConnector)
    return stop(
      'directory-missing',
      'No directory is connected yet. A Jira admin adds it on the Proofgate admin page.',
    );
  const directory = ports.targets.open(directoryConnector, budget);
  const { identity, ownerAccountId } = await findIdentity(
    directory,
    {
      beneficiary: value('beneficiary'),
      serviceAccount: value('serviceAccount'),
      requesterId: issue.reporterId,
      revoke,
    },
    stop,
  );
  if (identity.kind !== 'person' && !revoke) {
    if (!ownerAccountId)
      return stop(
        'owner-required',
        'A service account or workload needs an owner: choose the person who answers for it as Beneficiary.',
      );
    if (period.end === undefined && period.duration === undefined)
      return stop('end-required', 'Access of a service account or workload needs an end. Set Access end.');
  }
  const target = connector.id === directoryConnector.id ? directory : ports.targets.open(connector, budget);
  const account = await accountIn(target, connector, connector.id === directoryConnector.id, identity, revoke);
  const requester = await requesterAttributes(directory, issue.reporterId, identity);
  const policy = (await ports.configuration.get('policy', 'current'))?.value;
  if (!policy)
    return stop('no-policy', 'No policy is configured yet. A Jira admin sets it up on the Proofgate admin page.');
  const answer = evaluatePolicy(policy, {
    changeKind,
    risk: entry.risk,
    connectorId: connector.id,
    entitlementId: entry.entitlementId,
    identityKind: identity.kind,
    requester,
    beneficiary: identity.attributes,
    lastsMs: lastsMs(period, now),
  });
  // A removal needs nobody's leave unless a rule says so; a grant that no rule covers is not allowed.
  if (!answer.covered && !revoke)
    return stop('no-policy', `No policy rule covers ${entry.name}. Ask the governance owner to complete the policy.`);
  if (!revoke) checkDuration(answer, entry, lastsMs(period, now));
  const { mode, legacy } = enforcementFor(mapping.enforcement, {
    requestTypeId: issue.requestTypeId ?? '',
    risk: entry.risk,
    createdAt: issue.createdAt,
  });
  const resolved = await resolveStages(ports, directory, {
    rules: answer.stages,
    roles: {
      requesterId: issue.reporterId,
      raiserId: issue.creatorId,
      beneficiaryIds: [identity.accountId, ownerAccountId].filter((id): id is string => id !== undefined),
      implementerIds: [],
    },
    beneficiary: identity,
    entry,
    issue,
    fallbackApproverId: policy.fallbackApproverId,
  });
  if (resolved.problems.length > 0) throw new Stop(resolved.problems);
  const item = await withBaseline(
    ports,
    target,
    itemOf(
      changeKind,
      identity,
      ownerAccountId,
      account && 'id' in account ? account : undefined,
      connector,
      entry,
      period,
    ),
    account && 'failure' in account ? account.failure : undefined,
  );
  const justifiedBy = revoke ? undefined : justification(policy, answer, identity.attributes);
  return {
    legacy,
    items: [justifiedBy ? { ...item, justifiedBy } : item],
    stages: resolved.stages,
    names: resolved.names,
    problems: [],
    policy: await pinPolicy(ports, answer, {
      version: policy.version,
      mode,
      risk: entry.risk,
      submittedAt: issue.createdAt,
    }),
  };
}

async function findEntitlement(
  ports: Needed,
  rawTarget: unknown,
  rawEntitlement: unknown,
): Promise<{ entry: CatalogueEntry; connector: Connector }> {
  const target = nameOf(rawTarget, 'Target system', 'target-missing');
  const entitlement = nameOf(rawEntitlement, 'Entitlement', 'entitlement-missing');
  const entry = (await ports.configuration.get('catalogue', catalogueId(target, entitlement)))?.value;
  const connector = entry && (await ports.configuration.get('connector', entry.connectorId))?.value;
  if (entry && connector) return { entry, connector };
  const connectors = (await ports.configuration.list('connector')).map((stored) => stored.value);
  const known = connectors.find((c) => c.name.toLowerCase() === target.toLowerCase());
  if (!known) {
    return stop(
      'target-unknown',
      `There is no target system "${displayText(target, 80)}". Offered: ${offered(connectors.map((c) => c.name))}.`,
    );
  }
  const names = (await ports.configuration.list('catalogue'))
    .map((stored) => stored.value)
    .filter((e) => e.connectorId === known.id);
  return stop(
    'entitlement-unknown',
    `"${displayText(entitlement, 80)}" is not in the catalogue of ${known.name}. Offered: ${offered(names.map((e) => e.name))}.`,
  );
}

function offered(names: readonly string[]): string {
  const shown = [...names].sort().slice(0, 10);
  return shown.length === 0 ? 'nothing yet' : shown.join(', ') + (names.length > shown.length ? ' …' : '');
}

function nameOf(raw: unknown, field: string, missing: ProblemCode): string {
  if (typeof raw !== 'string' || raw.trim() === '')
    return stop(missing, `${field} is empty. Say what access is needed.`);
  const name = identifier(raw);
  if (name.ok) return name.value;
  return stop(
    'identifier-refused',
    `${field} holds characters that cannot be told apart from others or cannot be seen (${displayText(raw, 80)}). Type the name again.`,
  );
}

/** The login in the target, pinned on one unique match, or why it could not be looked up. The directory's own accounts are the identities themselves. */
async function accountIn(
  target: Target,
  connector: Connector,
  isDirectory: boolean,
  identity: Identity,
  revoke: boolean,
): Promise<Account | undefined | { readonly failure: ReadFailure }> {
  if (isDirectory) return { id: identity.id, login: identity.login };
  const found = await findAccount(target, connector, identity);
  switch (found.found) {
    case 'one':
      return found.value;
    case 'many':
      return stop(
        'account-ambiguous',
        `${identity.name} has several accounts in the target. A person must say which one is meant.`,
      );
    case 'none':
      return revoke
        ? stop('nothing-to-remove', `${identity.name} has no account in the target, so there is nothing to remove.`)
        : undefined;
    case 'unreadable':
      // Where nothing can be read the directory's login is the account: people look for it by that name.
      if (found.failure === 'no-reader') return { id: identity.login, login: identity.login };
      // Approvals and clocks need not wait for a target that is silent: its account is looked up again by itself.
      return { failure: found.failure };
  }
}

async function requesterAttributes(
  directory: Target,
  requesterId: string,
  beneficiary: Identity,
): Promise<Identity['attributes']> {
  if (beneficiary.accountId === requesterId) return beneficiary.attributes;
  const found = await directory.identityByAccountId(requesterId);
  if (found.found === 'unreadable')
    return stop('directory-unreadable', 'The directory could not be read. This is tried again by itself.', true);
  // A requester whom the directory does not know has no attributes; rules read that strictly.
  return found.found === 'one' ? found.value.attributes : {};
}

function checkDuration(answer: PolicyAnswer, entry: CatalogueEntry, lasts: number | undefined): void {
  const limits = [answer.maxDuration, entry.maxDuration].filter((d): d is string => d !== undefined);
  const limit = limits.sort((a, b) => requireDurationMs(a) - requireDurationMs(b))[0];
  if (lasts === undefined) {
    if (answer.endRequired || limit !== undefined)
      stop(
        'end-required',
        `${entry.name} is given for a limited time only. Set Access end${limit ? ` (at most ${words(limit)})` : ''}.`,
      );
    return;
  }
  if (limit !== undefined && lasts > requireDurationMs(limit))
    stop('end-beyond-maximum', `${entry.name} is given for at most ${words(limit)}. Choose an earlier end.`);
}

function words(duration: string): string {
  const hours = requireDurationMs(duration) / 3_600_000;
  return hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`;
}

function itemOf(
  changeKind: ChangeKind,
  identity: Identity,
  ownerAccountId: string | undefined,
  account: Account | undefined,
  connector: Connector,
  entry: CatalogueEntry,
  period: Item['period'],
): Item {
  const open = {
    id: '1',
    changeKind,
    identity,
    ...(account ? { account } : {}),
    ...(ownerAccountId ? { ownerAccountId } : {}),
    connector: { id: connector.id, name: connector.name, origin: connector.origin },
    entitlement: {
      catalogueId: entry.id,
      entitlementId: entry.entitlementId,
      name: entry.name,
      ...(entry.level ? { level: entry.level } : {}),
      ...(entry.ownerAccountId ? { ownerAccountId: entry.ownerAccountId } : {}),
      replaces: entry.replaces,
      instructions: entry.instructions,
      ...(entry.fulfilment === 'direct' ? { fulfilment: entry.fulfilment } : {}),
    },
    risk: entry.risk,
    period,
    baseline: { kind: 'unknown' as const },
    readings: [],
    outcome: 'open' as const,
  };
  return { ...open, contentHash: itemContentHash(open) };
}

/** The reading before the decision: what is there already. A target that cannot be read leaves the baseline unknown. */
async function withBaseline(
  ports: Needed,
  target: Target,
  item: Item,
  failure: ReadFailure | undefined,
): Promise<Item> {
  if (failure !== undefined) {
    const { reading } = failedReading(ports, item, 1, failure);
    return { ...item, readings: [reading], ...unreadableAfter(item, reading) };
  }
  if (!item.account) return item;
  const { reading } = await observeItem(ports, target, item, 1, item.account);
  const baseline = baselineAfter({ state: 'submitted' }, item, reading);
  return { ...item, readings: [reading], ...unreadableAfter(item, reading), baseline };
}
