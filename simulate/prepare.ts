import { saveCatalogueEntry } from '../src/usecases/save-catalogue-entry';
import { saveConnector } from '../src/usecases/save-connector';
import { savePolicy } from '../src/usecases/save-policy';
import { saveProject } from '../src/usecases/save-project';
import { saveSite } from '../src/usecases/save-site';
import type { CatalogueEntry } from '../src/domain/catalogue/entitlement';
import type { PolicyRule } from '../src/domain/policy/policy';
import type { StageRule } from '../src/domain/approval/stage';
import {
  accountOf,
  anchorKey,
  connectorId,
  governanceKey,
  governanceOwners,
  mapping,
  offered,
  projectId,
  targetName,
  type Offered,
} from './company';
import type { Prepared } from './platform/installation';
import { checkers } from './checkers/all-checkers';
import type { Violation } from './checkers/checker';
import type { SiteScript } from './script';
import { World } from './world';

const ready = new Map<string, Configured>();
const hour = 3_600_000;

/** Configured storage, and what was broken while it was configured. */
export interface Configured extends Prepared {
  readonly violations: readonly Violation[];
}

/** Storage of an installation that its administrator has configured through the app's own use cases. */
export async function prepare(site: SiteScript, index: 0 | 1): Promise<Configured> {
  const from = Date.parse(site.startsAt);
  const effectiveFrom = new Date(site.legacyForMs === 0 ? from - hour : from + site.legacyForMs).toISOString();
  const name = `${index} ${site.mode} ${site.startsAt} ${effectiveFrom} ${site.anchored} ${site.direct}`;
  let prepared = ready.get(name);
  if (!prepared) ready.set(name, (prepared = await configure(site, index, effectiveFrom)));
  return prepared;
}

async function configure(site: SiteScript, index: 0 | 1, effectiveFrom: string): Promise<Configured> {
  const world = new World(
    {
      ...site,
      startsAt: new Date(Date.parse(site.startsAt) - hour).toISOString(),
      callMs: 1,
      staleMs: 0,
      installations: 2,
    },
    checkers,
    false,
    () => undefined,
  );
  const installation = world.installations[index];
  if (!installation) throw new Error('no installation');
  const { secret, marker } = installation;
  const origin = 'https://scim.acme.test';
  const by = accountOf('adele');
  const ended = await world.invoke(installation, 'configure', undefined, async (ports) => {
    const connector = {
      id: connectorId,
      name: targetName,
      kind: 'scim' as const,
      baseUrl: `${origin}/scim/v2`,
      origin,
      auth: { kind: 'bearer' as const },
      directory: true,
      write: site.direct === true,
    };
    await saveConnector(ports, {
      connector,
      secrets: { read: secret, ...(site.direct ? { write: `${secret}-writes` } : {}) },
      expectedRev: 0,
      accountId: by,
    });
    for (const entitlement of offered) {
      const entry = entryOf(entitlement, marker, site.direct === true);
      await saveCatalogueEntry(ports, { entry, expectedRev: 0, accountId: by });
    }
    const policy = {
      governanceOwnerIds: governanceOwners.map(accountOf),
      privilegedOwnerIds: [accountOf('pam')],
      fallbackApproverId: accountOf('gus'),
      rules,
    };
    await savePolicy(ports, { policy, expectedRev: 0, accountId: by });
    await saveSite(ports, {
      site: {
        governanceProjectKey: governanceKey,
        ...(site.anchored ? { anchor: { kind: 'issue' as const, issueKey: anchorKey } } : {}),
      },
      expectedRev: 0,
      accountId: by,
    });
    await saveProject(ports, {
      mapping: { ...mapping, enforcement: [{ mode: site.mode, effectiveFrom }] },
      expectedRev: 0,
      accountId: by,
    });
  });
  // Some time before the first history begins a sweep has run: the configuration is digested and anchored.
  await world.pass(hour / 2);
  await world.sweep(installation);
  if (ended.ended !== 'done') throw new Error(`configuring ${projectId}: ${JSON.stringify(ended)}`);
  return { store: installation.store, rows: installation.rows, violations: world.violations };
}

/** An entitlement as the catalogue offers it; `direct`: the app makes its changes. */
export function entryOf(
  { name, groupId, risk, replaces }: Offered,
  marker: string,
  direct: boolean,
): Omit<CatalogueEntry, 'id'> {
  return {
    connectorId,
    name,
    description: `${name}, ${marker}`,
    entitlementId: groupId,
    replaces: replaces.map((id) => ({
      entitlementId: id,
      name: offered.find((o) => o.groupId === id)?.name ?? id,
    })),
    risk,
    ownerAccountId: accountOf(risk === 'privileged' ? 'pam' : 'olga'),
    ...(risk === 'privileged' ? { maxDuration: 'PT8H' } : {}),
    instructions: { grant: `Add to ${name}, ${marker}`, revoke: `Remove from ${name}, ${marker}` },
    ...(direct ? { fulfilment: 'direct' as const } : {}),
  };
}

const manager: StageRule = { id: 'manager', name: 'Manager', order: 1, quorum: 'all', sources: [{ kind: 'manager' }] };
const grants = ['grant', 'modify'] as const;

/** The seeded company's rules. What they demand stands a second time, in other words, in truth/approvals.ts. */
const rules: readonly PolicyRule[] = [
  {
    id: 'standard-in-finance',
    name: 'Standard access within finance needs no approval',
    when: { changeKinds: grants, risks: ['standard'], beneficiary: [{ attribute: 'department', in: ['finance'] }] },
    then: { evidenceMaxAge: 'PT15M' },
  },
  {
    id: 'standard',
    name: 'Standard access outside finance needs the manager',
    when: { changeKinds: grants, risks: ['standard'], beneficiary: [{ attribute: 'department', notIn: ['finance'] }] },
    then: { stages: [manager], evidenceMaxAge: 'PT15M' },
  },
  {
    id: 'sensitive',
    name: 'Sensitive access needs the manager',
    when: { changeKinds: grants, risks: ['sensitive'] },
    then: { stages: [manager], evidenceMaxAge: 'PT15M' },
  },
  {
    id: 'sensitive-long',
    name: 'Sensitive access for more than 90 days also needs its owner',
    when: { changeKinds: grants, risks: ['sensitive'], longerThan: 'P90D' },
    then: {
      stages: [
        { id: 'owner', name: 'Entitlement owner', order: 2, quorum: 'all', sources: [{ kind: 'entitlement-owner' }] },
      ],
    },
  },
  {
    id: 'privileged',
    name: 'Privileged access needs the manager and the privileged-access owner',
    when: { changeKinds: grants, risks: ['privileged'] },
    then: {
      stages: [
        {
          id: 'manager-and-pam',
          name: 'Manager and privileged-access owner',
          order: 1,
          quorum: 'all',
          sources: [{ kind: 'manager' }, { kind: 'person', accountId: accountOf('pam') }],
        },
      ],
      maxDuration: 'PT8H',
      evidenceMaxAge: 'PT5M',
    },
  },
  {
    id: 'removal',
    name: 'Removals need no approval',
    when: { changeKinds: ['revoke'] },
    then: { evidenceMaxAge: 'PT15M' },
  },
  {
    id: 'removal-privileged',
    name: 'Removal of privileged access',
    when: { changeKinds: ['revoke'], risks: ['privileged'] },
    then: { evidenceMaxAge: 'PT5M' },
  },
];
