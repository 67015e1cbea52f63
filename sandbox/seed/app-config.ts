/**
 * Configures the app as its admin would: everything goes through the app's own admin page as adele, so nothing stands in
 * storage that the app would have refused.
 */
import type { World } from '../world';
import { people, scim } from './company';

const adele = 'adele@acme.test';
const adminPage = 'access-admin';
const connectorId = 'scim-directory';

const accountOf = (key: string): string => {
  const person = people.find((candidate) => candidate.key === key);
  if (!person) throw new Error(`nobody in the company is called ${key}`);
  return person.accountId;
};

/** Connector, catalogue, policy and project of the seeded company. */
export async function seedApp(world: World): Promise<void> {
  const call = async (name: string, payload: unknown): Promise<unknown> => {
    const answer = await world.invoke({ as: adele, module: adminPage, function: name, payload });
    if (!answer.ok) throw new Error(`configuring the app: ${name}: ${answer.error}`);
    return answer.result;
  };
  const target = world.target(scim.name);
  await call('saveConnector', {
    connector: {
      id: connectorId,
      name: scim.name,
      kind: 'scim',
      baseUrl: `https://${scim.host}/scim/v2`,
      auth: { kind: 'bearer' },
      directory: true,
      write: false,
    },
    secret: target.token,
    expectedRev: 0,
  });
  const { entitlements } = (await call('listEntitlements', { connectorId })) as {
    entitlements: Array<{ id: string; name: string }>;
  };
  const idOf = (name: string): string => {
    const found = entitlements.find((entitlement) => entitlement.name === name);
    if (!found) throw new Error(`the directory has no group ${name}`);
    return found.id;
  };
  for (const entry of catalogue(idOf)) await call('saveCatalogueEntry', { entry, expectedRev: 0 });
  await call('saveCalendar', { calendar: officeHours, expectedRev: 0 });
  await call('saveRota', { rota: onCall(world), expectedRev: 0 });
  await call('savePolicy', { policy: policy(), expectedRev: 0 });
  await call('saveSite', { site: governance, expectedRev: 0 });
  await call('saveProject', { mapping: await projectMapping(world), expectedRev: 0 });
}

/** The app's connectors by name. */
export async function seededConnectors(): Promise<Record<string, string>> {
  return Promise.resolve({ [scim.name]: connectorId });
}

function catalogue(idOf: (name: string) => string) {
  const entry = (
    name: string,
    risk: 'standard' | 'sensitive' | 'privileged',
    owner: string,
    description: string,
    more: object = {},
  ) => ({
    connectorId,
    name,
    description,
    entitlementId: idOf(name),
    replaces: [] as Array<{ entitlementId: string; name: string }>,
    risk,
    ownerAccountId: accountOf(owner),
    instructions: {
      grant: `Open the SCIM directory, find the group ${name} and add the person to it.`,
      revoke: `Open the SCIM directory, find the group ${name} and take the person out of it.`,
    },
    ...more,
  });
  const level = (name: string) => ({ entitlementId: idOf(name), name });
  return [
    entry('Finance Readers', 'standard', 'olga', 'Read invoices, ledgers and reports.', {
      level: 'reader',
      replaces: [level('Finance Approvers')],
    }),
    entry('Finance Approvers', 'sensitive', 'olga', 'Release payments and close the quarter.', {
      level: 'approver',
      replaces: [level('Finance Readers')],
    }),
    entry('Production Admins', 'privileged', 'pam', 'Administer production systems. At most eight hours at a time.', {
      maxDuration: 'PT8H',
    }),
  ];
}

/** Governance has a project of its own. */
const governance = { governanceProjectKey: 'GOV', governanceIssueType: 'Task' };

/** An issue of the governance project on which the digests of the audit chains are anchored, every hour. */
export async function seedAnchor(world: World): Promise<void> {
  const created = await world.as('gus@acme.test').post('/rest/api/3/issue', {
    fields: { project: { key: 'GOV' }, issuetype: { name: 'Task' }, summary: 'Digests of the access audit' },
  });
  const { key } = created.body as { key?: string };
  if (key === undefined) throw new Error(`the anchor issue was not created: ${JSON.stringify(created.body)}`);
  const site = { ...governance, anchor: { kind: 'issue', issueKey: key } };
  const answer = await world.invoke({
    as: adele,
    module: adminPage,
    function: 'saveSite',
    payload: { site, expectedRev: 1 },
  });
  if (!answer.ok) throw new Error(`configuring the app: saveSite: ${answer.error}`);
}

/** The working week of the company. */
const officeHours = {
  id: 'office',
  name: 'Office hours Berlin',
  timeZone: 'Europe/Berlin',
  week: {
    ...Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: '09:00', to: '17:00' }]])),
    sat: [],
    sun: [],
  },
  holidays: [
    { date: '2026-12-25', name: 'Christmas Day' },
    { date: '2026-12-26', name: 'Second day of Christmas' },
    { date: '2027-01-01', name: "New Year's Day" },
  ],
};

/** Who is on call for privileged access: a week each. */
function onCall(world: World) {
  return {
    id: 'infrastructure',
    name: 'Infrastructure on call',
    startsAt: `${world.now().slice(0, 10)}T00:00:00.000Z`,
    turn: 'P7D',
    people: [accountOf('pam'), accountOf('adele')],
    overrides: [],
  };
}

function policy() {
  const manager = { id: 'manager', name: 'Manager', order: 1, quorum: 'all', sources: [{ kind: 'manager' }] };
  const grants = ['grant', 'modify'];
  return {
    governanceOwnerIds: [accountOf('gus')],
    privilegedOwnerIds: [accountOf('pam')],
    fallbackApproverId: accountOf('gus'),
    rules: [
      {
        id: 'standard-in-finance',
        name: 'Standard access within finance needs no approval',
        when: { changeKinds: grants, risks: ['standard'], beneficiary: [{ attribute: 'department', in: ['finance'] }] },
        then: { fulfilWithin: 'P1D', evidenceMaxAge: 'PT15M' },
      },
      {
        id: 'standard',
        name: 'Standard access outside finance needs the manager',
        when: {
          changeKinds: grants,
          risks: ['standard'],
          beneficiary: [{ attribute: 'department', notIn: ['finance'] }],
        },
        // Two working days of eight hours: what is standard waits over the weekend.
        then: {
          stages: [manager],
          approveWithin: 'PT8H',
          fulfilWithin: 'PT16H',
          calendar: 'office',
          pauseAtMost: 'P3D',
          evidenceMaxAge: 'PT15M',
        },
      },
      {
        id: 'sensitive',
        name: 'Sensitive access needs the manager',
        when: { changeKinds: grants, risks: ['sensitive'] },
        then: {
          stages: [manager],
          approveWithin: 'PT8H',
          fulfilWithin: 'P1D',
          pauseAtMost: 'P3D',
          evidenceMaxAge: 'PT15M',
        },
      },
      {
        id: 'sensitive-long',
        name: 'Sensitive access for more than 90 days also needs its owner',
        when: { changeKinds: grants, risks: ['sensitive'], longerThan: 'P90D' },
        then: {
          stages: [
            {
              id: 'owner',
              name: 'Entitlement owner',
              order: 2,
              quorum: 'all',
              sources: [{ kind: 'entitlement-owner' }],
            },
          ],
        },
      },
      {
        id: 'privileged',
        name: 'Privileged access needs the manager and the privileged-access owner, for at most 8 hours',
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
          approveWithin: 'PT1H',
          fulfilWithin: 'PT4H',
          revocationLead: 'PT1H',
          warnBefore: 'PT2H',
        },
      },
      {
        id: 'removal',
        name: 'Removals need no approval',
        when: { changeKinds: ['revoke'] },
        then: { fulfilWithin: 'P1D', evidenceMaxAge: 'PT15M' },
      },
      {
        id: 'removal-privileged',
        name: 'Removal of privileged access',
        when: { changeKinds: ['revoke'], risks: ['privileged'] },
        then: { fulfilWithin: 'PT4H', evidenceMaxAge: 'PT5M' },
      },
    ],
  };
}

async function projectMapping(world: World) {
  const state = await world.state();
  const idOf = (table: Record<string, string>, name: string): string => {
    const id = table[name];
    if (!id) throw new Error(`the project has no "${name}"`);
    return id;
  };
  const field = (name: string) => idOf(state.fields, name);
  const status = (name: string) => idOf(state.statuses, name);
  return {
    projectId: state.project.id,
    projectKey: state.project.key,
    requestTypes: {
      [idOf(state.requestTypes, 'Request access')]: 'grant',
      [idOf(state.requestTypes, 'Change access')]: 'modify',
      [idOf(state.requestTypes, 'Remove access')]: 'revoke',
    },
    fields: {
      target: field('Target system'),
      entitlement: field('Entitlement'),
      beneficiary: field('Beneficiary'),
      serviceAccount: field('Service account'),
      start: field('Access start'),
      end: field('Access end'),
      duration: field('Access duration'),
      justification: field('Justification'),
      approvers: field('Approvers'),
    },
    statuses: {
      [status('Submitted')]: 'submitted',
      [status('Waiting for approval')]: 'waiting',
      [status('In progress')]: 'in-progress',
      [status('Resolved')]: 'resolved',
      [status('Canceled')]: 'cancelled',
      [status('Declined')]: 'declined',
    },
    transitions: {
      'ask-approval': 'Ask approval',
      start: 'Start',
      'ask-again': 'Ask again',
      resolve: 'Resolve',
      reopen: 'Reopen',
    },
    pauseStatuses: [status('Waiting for customer')],
    directoryConnectorId: connectorId,
    enforcement: [{ mode: 'enforce', effectiveFrom: world.now() }],
  };
}
