/** Request views for trying the screens: one per state worth looking at. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** The app's own table of connector kinds, as the backend tells it to the admin page. */
const connectorKinds = await (async () => {
  const entry = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../src/domain/connector-kinds.ts');
  const [{ text }] = buildSync({ entryPoints: [entry], bundle: true, write: false, format: 'esm' }).outputFiles;
  const module = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  return Object.entries(module.connectorKinds).map(([kind, rule]) => ({ kind, ...rule }));
})();

const hash = 'a3f1c09d5b7e4426813fd0c2a9b8e7f6543210fedcba98765432100123456789';
const rita = { accountId: 'a-rita', name: 'Rita Rees' };
const mark = { accountId: 'a-mark', name: 'Mark Moss' };
const olga = { accountId: 'a-olga', name: 'Olga Ortiz' };

const reading = (more) => ({
  id: `r-${more.at}`,
  verdict: 'absent',
  reason: 'not-held',
  expected: 'member of Finance Approvers',
  observed: 'not a member of Finance Approvers',
  because: 'Rita Rees does not have Finance Approvers in SCIM directory yet.',
  todo: 'Open the SCIM directory, find the group Finance Approvers and add the person to it. Then verify again.',
  counts: true,
  fingerprint: '9f2c41d07be35a68',
  ...more,
});

const confirmed = (at) =>
  reading({
    at,
    verdict: 'confirmed',
    reason: 'held',
    observed: 'member of Finance Approvers',
    because: 'The target proves the change.',
    todo: '',
    fingerprint: '51be09aa7c33d412',
  });
const unreadable = (at) =>
  reading({
    at,
    verdict: 'unreadable',
    reason: 'timeout',
    observed: 'nothing is known: the target did not answer in time',
    because: 'SCIM directory could not be read: the target did not answer in time. Nothing is known.',
    todo: 'Try again in a few minutes; the clock keeps running.',
  });

const managerApproved = {
  id: 'manager',
  name: 'Manager',
  status: 'approved',
  quorum: 1,
  approvers: [mark],
  decisions: [
    { by: mark, decision: 'approve', at: '2026-11-23T09:12:00.000Z', channel: 'jsm', comment: 'ok until January' },
  ],
};

const item = {
  id: 'item-1',
  contentHash: hash,
  change: 'grant',
  identity: { kind: 'person', id: 'u-1', name: 'Rita Rees', login: 'rita@acme.test', accountId: 'a-rita' },
  entitlement: {
    name: 'Finance Approvers',
    target: 'SCIM directory',
    risk: 'sensitive',
    instructions: 'Open the SCIM directory, find the group Finance Approvers and add the person to it.',
  },
  stages: [managerApproved],
  evidence: [
    reading({ at: '2026-11-23T10:42:07.000Z' }),
    reading({ at: '2026-11-23T10:31:40.000Z' }),
    unreadable('2026-11-23T10:12:02.000Z'),
  ],
  baseline: { kind: 'absent', at: '2026-11-23T09:11:58.000Z' },
  outcome: 'open',
  dueAt: '2026-11-23T12:52:00.000Z',
  endsAt: '2027-01-31T17:00:00.000Z',
  links: [],
};

const nothing = {
  decide: false,
  verify: false,
  work: false,
  callOff: false,
  askAnew: false,
  except: false,
  endException: false,
  openEmergency: false,
  reviewEmergency: false,
  markCompromised: false,
  extend: false,
  giveBack: false,
};

/** Due 12:52, after a pause of twelve minutes: half of it is used and one reminder was sent. */
const running = {
  kind: 'fulfilment',
  startedAt: '2026-11-23T08:40:00.000Z',
  dueAt: '2026-11-23T12:52:00.000Z',
  within: 'PT4H',
  used: 0.485,
  steps: [
    { at: '2026-11-23T10:21:00.000Z', do: 'remind', to: ['assignee'], done: '2026-11-23T10:21:04.000Z' },
    { at: '2026-11-23T12:26:00.000Z', do: 'remind', to: ['assignee', 'requester'] },
    { at: '2026-11-23T12:52:00.000Z', do: 'notify', to: ['governance-owner'] },
    { at: '2026-11-23T12:52:00.000Z', do: 'raise-priority' },
    { at: '2026-11-23T13:52:00.000Z', do: 'governance-request' },
  ],
};
const approvalMet = {
  kind: 'approval',
  startedAt: '2026-11-23T08:40:00.000Z',
  dueAt: '2026-11-23T16:40:00.000Z',
  within: 'PT8H',
  used: 0.06,
  stoppedAt: '2026-11-23T09:12:00.000Z',
  outcome: 'met',
  steps: [],
};
const approving = {
  ...approvalMet,
  stoppedAt: undefined,
  outcome: undefined,
  used: 0.2,
  calendar: 'Office hours Berlin',
  steps: [
    { at: '2026-11-23T12:40:00.000Z', do: 'remind', to: ['approvers'] },
    { at: '2026-11-23T14:40:00.000Z', do: 'add-approvers' },
    { at: '2026-11-23T16:40:00.000Z', do: 'auto-decline' },
  ],
};
/** Due the day before at 12:52, with its whole escalation behind it. */
const late = {
  ...running,
  used: 1.76,
  breachedAt: '2026-11-23T12:52:00.000Z',
  steps: [
    ...running.steps.slice(0, 1),
    { ...running.steps[1] },
    ...running.steps.slice(2).map((step) => ({ ...step, done: step.at })),
    { at: '2026-11-23T16:30:00.000Z', do: 'reassign', to: [] },
  ],
};
const gus = { accountId: 'a-gus', name: 'Gus Gray' };
const holding = {
  since: '2026-11-23T10:44:07.000Z',
  endsAt: '2027-01-31T17:00:00.000Z',
  raiseAt: '2027-01-30T17:00:00.000Z',
  extensions: [],
};
const override = {
  gate: 'verification',
  reason: 'The directory is being moved over the weekend and cannot be read before Monday.',
  owner: olga,
  grantedBy: gus,
  grantedAt: '2026-11-23T10:30:00.000Z',
  expiresAt: '2026-11-26T17:00:00.000Z',
  renewals: 1,
};
const urgent = {
  at: '2026-11-23T09:50:00.000Z',
  by: { accountId: 'a-amir', name: 'Amir Aziz' },
  reason: 'Payments are stuck and nobody who may approve is awake.',
  until: '2026-11-23T17:50:00.000Z',
};

const base = {
  key: 'ACC-17',
  state: 'fulfilling',
  contentHash: hash,
  mode: 'enforce',
  legacy: false,
  submittedAt: '2026-11-23T08:40:00.000Z',
  requester: rita,
  justification: 'Quarter close, replaces Mona.',
  policy: { version: 7, reasons: ['Sensitive access needs the manager'] },
  problems: [],
  items: [item],
  gate: {
    open: false,
    reasons: [
      'Rita Rees does not have Finance Approvers in SCIM directory yet. Checked 10:42:07 UTC. Open the SCIM directory, find the group Finance Approvers and add the person to it. Then verify again.',
    ],
  },
  resolveWhenProven: false,
  clocks: [running, approvalMet],
  bypasses: [],
  now: '2026-11-23T10:42:10.000Z',
  may: { ...nothing, verify: true, work: true },
};

const withItem = (more) => ({ items: [{ ...item, ...more }] });
const hostile = 'Rita \u202Ereversed\u202C <img src=x onerror="alert(1)"> ' + 'W'.repeat(160);

export const panel = {
  'not-proven': base,
  unreadable: {
    ...base,
    ...withItem({ evidence: [unreadable('2026-11-23T10:42:07.000Z'), reading({ at: '2026-11-23T10:31:40.000Z' })] }),
  },
  grace: {
    ...base,
    state: 'verifying',
    fulfilmentReportedAt: '2026-11-23T10:40:00.000Z',
    resolveWhenProven: true,
    ...withItem({ evidence: [reading({ at: '2026-11-23T10:42:07.000Z', notYet: true })] }),
  },
  proven: {
    ...base,
    state: 'verified',
    fulfilmentReportedAt: '2026-11-23T10:40:00.000Z',
    gate: { open: true, reasons: [], openUntil: '2026-11-23T10:57:07.000Z' },
    ...withItem({
      outcome: 'proven',
      evidence: [
        confirmed('2026-11-23T10:42:07.000Z'),
        reading({ at: '2026-11-23T10:31:40.000Z' }),
        reading({ at: '2026-11-23T09:11:58.000Z', counts: false }),
      ],
    }),
  },
  closed: {
    ...base,
    state: 'closed',
    closedOnProof: true,
    closedAt: '2026-11-23T10:44:31.000Z',
    now: '2026-11-23T10:50:00.000Z',
    gate: { open: true, reasons: [] },
    fulfilmentReportedAt: '2026-11-23T10:40:00.000Z',
    ...withItem({
      outcome: 'proven',
      evidence: [confirmed('2026-11-23T10:44:07.000Z')],
      links: [{ kind: 'revocation', key: 'ACC-41' }],
    }),
  },
  approver: {
    ...base,
    state: 'awaiting-approval',
    gate: {
      open: false,
      reasons: ['This request is not approved. It waits for Mark Moss. Ask them to approve it, then try again.'],
    },
    clocks: [approving],
    may: { ...nothing, decide: true },
    ...withItem({
      evidence: [reading({ at: '2026-11-23T08:40:09.000Z' })],
      stages: [
        { ...managerApproved, status: 'open', decisions: [] },
        { id: 'owner', name: 'Entitlement owner', status: 'waiting', quorum: 1, approvers: [olga], decisions: [] },
      ],
    }),
  },
  overdue: {
    ...base,
    now: '2026-11-24T16:02:10.000Z',
    ...withItem({ evidence: [], baseline: { kind: 'access-before-approval', at: '2026-11-23T09:02:00.000Z' } }),
    gate: {
      open: false,
      reasons: ['The target system does not prove the change. Open the Access panel and press "Verify now".'],
    },
    mode: 'warn',
  },
  problems: {
    ...base,
    state: 'submitted',
    items: [],
    policy: { version: 0, reasons: [] },
    problems: [
      'The entitlement "Finance Aprovers" is not in the catalogue of SCIM directory. Correct the field Entitlement.',
      'The end lies before the start. Correct Access end.',
    ],
    gate: { open: false, reasons: ['This request cannot go on yet.'] },
  },
  removal: {
    ...base,
    may: { ...nothing, verify: true, work: true, callOff: true, markCompromised: true },
    clocks: [{ ...running, kind: 'removal' }],
    policy: { version: 7, reasons: ['Removals need no approval'] },
    justification: '',
    ...withItem({
      change: 'revoke',
      stages: [],
      endsAt: undefined,
      evidence: [
        reading({
          at: '2026-11-23T10:42:07.000Z',
          verdict: 'different',
          reason: 'held-through-another-path',
          expected: 'not a member of Finance Approvers, neither directly nor through another path',
          observed: 'holds Finance Approvers through Finance Leads',
          because: 'Rita Rees still has Finance Approvers in SCIM directory through another group.',
          todo: 'Remove the other path too, then verify again.',
        }),
      ],
    }),
    gate: { open: false, reasons: ['Rita Rees still has Finance Approvers in SCIM directory through another group.'] },
  },
  'two-items': {
    ...base,
    items: [
      { ...item, outcome: 'proven', evidence: [confirmed('2026-11-23T10:42:07.000Z')] },
      {
        ...item,
        id: 'item-2',
        change: 'modify',
        identity: { kind: 'service-account', id: 'u-9', name: 'svc-ledger', login: 'svc-ledger' },
        entitlement: { ...item.entitlement, name: 'Production Admins', risk: 'privileged' },
        endsAt: undefined,
        duration: 'PT8H',
        evidence: [],
      },
    ],
  },
  hostile: {
    ...base,
    justification: hostile,
    requester: { accountId: 'x', name: hostile },
    problems: [hostile],
    ...withItem({
      identity: { ...item.identity, name: hostile },
      entitlement: {
        ...item.entitlement,
        name: hostile,
        target: hostile,
        instructions: `${hostile}\n<script>alert(1)</script>`,
      },
      evidence: [
        reading({
          at: '2026-11-23T10:42:07.000Z',
          observed: hostile,
          expected: hostile,
          because: hostile,
          todo: hostile,
        }),
      ],
      stages: [
        {
          ...managerApproved,
          approvers: [{ accountId: 'a-mark', name: hostile }],
          decisions: [{ ...managerApproved.decisions[0], comment: hostile }],
        },
      ],
    }),
  },
  declined: {
    ...base,
    state: 'declined',
    gate: { open: false, reasons: ['This request was declined. Reopen it to ask again.'] },
    ...withItem({
      outcome: 'declined',
      stages: [
        {
          ...managerApproved,
          status: 'declined',
          decisions: [{ ...managerApproved.decisions[0], decision: 'decline', comment: 'Not before the audit.' }],
        },
      ],
      evidence: [],
    }),
  },
};

panel.paused = {
  ...base,
  clocks: [
    {
      ...running,
      paused: true,
      pausedSince: '2026-11-23T10:02:00.000Z',
      calendar: 'Office hours Berlin',
      within: 'P1D',
      used: 0.06,
      dueAt: '2026-11-25T08:40:00.000Z',
      steps: [
        { at: '2026-11-24T08:40:00.000Z', do: 'remind', to: ['assignee'] },
        { at: '2026-11-25T08:40:00.000Z', do: 'notify', to: ['governance-owner'] },
      ],
    },
    approvalMet,
  ],
  may: { ...base.may, openEmergency: true, except: true },
};
panel.overdue.clocks = [
  { ...late, dueAt: '2026-11-23T12:52:00.000Z' },
  { ...approvalMet, stoppedAt: '2026-11-23T18:12:00.000Z', outcome: 'breached' },
];
panel.overdue.may = { ...base.may, except: true, openEmergency: true };
panel.removal.compromised = undefined;
panel.compromised = {
  ...panel.removal,
  compromised: { notifiedAt: '2026-11-23T10:05:00.000Z', reason: 'Her token was found in a public repository.' },
  clocks: [
    {
      ...running,
      kind: 'compromise',
      startedAt: '2026-11-23T10:05:00.000Z',
      dueAt: '2026-11-23T11:05:00.000Z',
      within: 'PT1H',
      used: 0.62,
      steps: [],
    },
    { ...running, kind: 'removal' },
  ],
  may: { ...panel.removal.may, markCompromised: false },
};
panel.excepted = {
  ...base,
  exception: override,
  gate: { open: true, reasons: [] },
  may: { ...base.may, except: true, endException: true, openEmergency: true },
};
panel['excepted-closed'] = {
  ...panel.excepted,
  state: 'excepted',
  exception: { ...override, ownerMissing: true },
  closedAt: '2026-11-23T10:40:00.000Z',
  closedOnProof: false,
  clocks: [{ ...running, steps: [], stoppedAt: '2026-11-23T10:40:00.000Z', outcome: 'excepted' }, approvalMet],
};
panel.emergency = {
  ...base,
  emergency: { ...urgent, madeAt: '2026-11-23T03:15:00.000Z', late: true },
  clocks: [
    running,
    {
      ...running,
      kind: 'review',
      startedAt: '2026-11-23T09:50:00.000Z',
      dueAt: '2026-11-24T09:50:00.000Z',
      within: 'P1D',
      used: 0.04,
      steps: [{ at: '2026-11-23T21:50:00.000Z', do: 'remind', to: ['governance-owner'] }],
    },
  ],
  may: { ...base.may, reviewEmergency: true },
};
panel['emergency-rejected'] = {
  ...base,
  emergency: {
    ...urgent,
    review: {
      at: '2026-11-23T10:20:00.000Z',
      by: gus,
      accepted: false,
      comment: 'Paul was awake and could have approved.',
    },
  },
};
panel.closed.clocks = [{ ...running, steps: [], stoppedAt: '2026-11-23T10:44:07.000Z', outcome: 'met' }, approvalMet];
panel.closed.may = { ...base.may, extend: true, giveBack: true };
panel.closed.items = panel.closed.items.map((one) => ({ ...one, holding, links: [] }));
panel.ended = {
  ...panel.closed,
  now: '2027-01-30T18:10:00.000Z',
  items: panel.closed.items.map((one) => ({
    ...one,
    holding: {
      ...holding,
      warnedAt: '2027-01-24T17:00:00.000Z',
      revocation: { reason: 'end', at: '2027-01-30T17:00:02.000Z', key: 'ACC-41' },
      extensions: [{ at: '2027-01-29T09:00:00.000Z', key: 'ACC-40' }],
    },
    links: [
      { kind: 'revocation', key: 'ACC-41' },
      { kind: 'extension', key: 'ACC-40' },
    ],
  })),
  may: { ...nothing, giveBack: false },
};
panel['two-held'] = {
  ...panel.closed,
  items: [
    panel.closed.items[0],
    {
      ...panel.closed.items[0],
      id: 'item-2',
      entitlement: { ...item.entitlement, name: 'Finance Readers' },
      holding: { since: holding.since, extensions: [], over: { at: '2026-11-23T10:49:00.000Z', how: 'removed' } },
    },
  ],
};
panel.bypass = {
  ...base,
  bypasses: [
    'ACC-17 was moved to Resolved by Bob Bell in a bulk change on 2026-11-23 10:38 UTC, without asking the gate. It was reopened.',
  ],
  sweepLateSince: '2026-11-23T08:05:00.000Z',
};

export const deskSla = {
  values: [
    { id: '1', name: 'Time to first response', completedCycles: [{ breached: false }] },
    {
      id: '2',
      name: 'Time to resolution',
      completedCycles: [],
      ongoingCycle: { breached: false, paused: false, remainingTime: { millis: 1, friendly: '3h 57m' } },
    },
  ],
};

export const history = {
  entries: [
    {
      seq: 1,
      at: '2026-11-23T08:40:01.000Z',
      kind: 'submit',
      actor: 'Rita Rees',
      facts: [
        { fact: 'content', detail: `item: item-1, contentHash: ${hash}` },
        { fact: 'policy', detail: 'version: 7, rules: ["sensitive"], mode: enforce' },
        { fact: 'approval-asked', detail: 'round: 1' },
        { fact: 'state', detail: 'state: awaiting-approval' },
      ],
      hash,
    },
    {
      seq: 2,
      at: '2026-11-23T09:12:00.000Z',
      kind: 'decide',
      actor: 'Mark Moss',
      facts: [
        { fact: 'approved', detail: 'stage: manager, channel: jsm' },
        { fact: 'request-approved', detail: '' },
        { fact: 'state', detail: 'state: approved' },
      ],
      hash: `b${hash.slice(1)}`,
    },
    {
      seq: 3,
      at: '2026-11-23T10:31:40.000Z',
      kind: 'record-reading',
      actor: 'app',
      facts: [
        {
          fact: 'reading',
          detail: 'item: item-1, reading: r1, verdict: absent, reason: not-held, at: 2026-11-23T10:31:40Z',
        },
        { fact: 'state', detail: 'state: fulfilling' },
      ],
      hash: `c${hash.slice(1)}`,
    },
    {
      seq: 4,
      at: '2026-11-23T10:32:00.000Z',
      kind: 'gate-refused',
      actor: 'app',
      facts: [
        { fact: 'gate-refused', detail: 'gate: verification, codes: ["not-proven"], mode: enforce' },
        { fact: 'state', detail: 'state: fulfilling' },
      ],
      hash: `d${hash.slice(1)}`,
    },
    {
      seq: 5,
      at: '2026-11-23T10:42:07.000Z',
      kind: 'record-reading',
      actor: 'Amir Aziz',
      facts: [
        { fact: 'reading', detail: 'item: item-1, verdict: confirmed, reason: held' },
        { fact: 'proven', detail: 'epoch: 1' },
        { fact: 'state', detail: 'state: verified' },
      ],
      hash: `e${hash.slice(1)}`,
    },
  ],
};

const portalBase = {
  key: 'ACC-17',
  state: 'awaiting-approval',
  summary: 'Rita Rees gets Finance Approvers in SCIM directory',
  steps: [
    { id: 'asked', status: 'done', at: '2026-11-23T08:40:00.000Z', text: 'Asked' },
    { id: 'approved', status: 'now', text: 'Approved' },
    { id: 'being-done', status: 'later', text: 'Being done' },
    { id: 'proven', status: 'later', text: 'Proven in the target' },
    { id: 'closed', status: 'later', text: 'Closed' },
  ],
  waitingFor: ['Mark Moss'],
  problems: [],
  dueAt: '2026-11-24T08:40:00.000Z',
  endsAt: '2027-01-31T17:00:00.000Z',
  contentHash: hash,
  mayDecide: false,
  overdue: false,
  mayExtend: false,
  mayGiveBack: false,
  what: {
    change: 'grant',
    identity: 'Rita Rees',
    entitlement: 'Finance Approvers',
    target: 'SCIM directory',
    risk: 'sensitive',
    reasons: ['Sensitive access needs the manager'],
  },
  now: '2026-11-23T10:42:10.000Z',
};

export const portal = {
  waiting: portalBase,
  approver: { ...portalBase, mayDecide: true },
  closed: {
    ...portalBase,
    state: 'closed',
    waitingFor: [],
    steps: portalBase.steps.map((step) => ({ ...step, status: 'done', at: '2026-11-23T10:42:00.000Z' })),
  },
  problems: {
    ...portalBase,
    state: 'submitted',
    waitingFor: [],
    problems: ['The end lies in the past. Correct Access end.'],
    steps: portalBase.steps.map((s, i) => ({ ...s, status: i === 0 ? 'now' : 'later' })),
  },
};

portal.held = {
  ...portal.closed,
  holding,
  mayExtend: true,
  mayGiveBack: true,
};
portal.raised = {
  ...portal.closed,
  holding: {
    ...holding,
    revocation: { reason: 'given-back', at: '2026-11-23T10:40:00.000Z', key: 'ACC-41' },
  },
};
portal.late = {
  ...portalBase,
  state: 'fulfilling',
  waitingFor: ['the service desk'],
  overdue: true,
  dueAt: '2026-11-23T09:00:00.000Z',
  sweepLateSince: '2026-11-23T08:05:00.000Z',
  raisedFor: { key: 'ACC-9', text: 'Raised because the access of another request ends:' },
};

const scimHost = 'https://scim.acme.test';
const idpHost = 'https://idp.acme.test';

export const settings = {
  connectorKinds,
  secretRule: { maxAge: 'P180D', remindBefore: 'P14D' },
  connectors: [
    {
      id: 'scim-directory',
      rev: 3,
      name: 'SCIM directory',
      kind: 'scim',
      baseUrl: `${scimHost}/scim/v2`,
      origin: scimHost,
      auth: { kind: 'bearer' },
      directory: true,
      write: false,
      secret: {
        fingerprint: '7c1e09ab52f0',
        setAt: '2026-06-05T09:00:00.000Z',
        endsAt: '2026-12-02T09:00:00.000Z',
        age: 'rotate-soon',
        origin: scimHost,
      },
    },
    {
      id: 'entra',
      rev: 2,
      name: 'Microsoft Entra ID',
      kind: 'entra',
      baseUrl: 'https://graph.microsoft.com/v1.0',
      origin: 'https://graph.microsoft.com',
      auth: {
        kind: 'oauth2',
        tokenUrl: 'https://login.microsoftonline.com/5a6f2f0e/oauth2/v2.0/token',
        clientId: '0f7b3d1c-reader',
        scope: 'https://graph.microsoft.com/.default',
      },
      accountMatch: 'employee-number',
      directory: false,
      write: true,
      secret: {
        fingerprint: 'a40be1927cd3',
        setAt: '2026-11-02T09:00:00.000Z',
        endsAt: '2027-05-01T09:00:00.000Z',
        age: 'fresh',
        origin: 'https://graph.microsoft.com',
      },
      writeSecret: {
        fingerprint: '19d2c8f07a6e',
        setAt: '2026-04-20T09:00:00.000Z',
        endsAt: '2026-10-17T09:00:00.000Z',
        age: 'too-old',
        origin: 'https://graph.microsoft.com',
      },
    },
    {
      id: 'idp',
      rev: 1,
      name: 'Identity platform',
      kind: 'keycloak',
      baseUrl: idpHost,
      origin: idpHost,
      auth: { kind: 'oauth2', tokenUrl: `${idpHost}/realms/acme/protocol/openid-connect/token`, clientId: 'proofgate' },
      settings: { realm: 'acme' },
      directory: false,
      write: true,
    },
  ],
  catalogue: [
    {
      id: 'c1',
      rev: 1,
      connectorId: 'scim-directory',
      name: 'Finance Readers',
      description: 'Read invoices, ledgers and reports.',
      entitlementId: 'g-1',
      level: 'reader',
      replaces: [],
      risk: 'standard',
      ownerAccountId: 'a-olga',
      instructions: { grant: 'Open the directory.', revoke: 'Open the directory.' },
    },
    {
      id: 'c2',
      rev: 2,
      connectorId: 'scim-directory',
      name: 'Finance Approvers',
      description: 'Release payments and close the quarter.',
      entitlementId: 'g-2',
      level: 'approver',
      replaces: [{ entitlementId: 'g-1', name: 'Finance Readers' }],
      risk: 'sensitive',
      ownerAccountId: 'a-olga',
      instructions: { grant: 'Open the directory.', revoke: 'Open the directory.' },
    },
    {
      id: 'c3',
      rev: 1,
      connectorId: 'scim-directory',
      name: 'Production Admins',
      description: 'Administer production systems. At most eight hours at a time.',
      entitlementId: 'g-3',
      replaces: [],
      risk: 'privileged',
      maxDuration: 'PT8H',
      instructions: { grant: '', revoke: '' },
    },
  ],
  projects: [
    {
      rev: 1,
      projectId: '10000',
      projectKey: 'ACC',
      requestTypes: { 11: 'grant', 12: 'modify', 13: 'revoke' },
      fields: {
        target: 'customfield_10101',
        entitlement: 'customfield_10102',
        beneficiary: 'customfield_10103',
        serviceAccount: 'customfield_10104',
        start: 'customfield_10105',
        end: 'customfield_10106',
        justification: 'customfield_10107',
        approvers: 'customfield_10108',
      },
      statuses: { 1: 'submitted', 2: 'waiting', 3: 'in-progress', 4: 'resolved', 5: 'cancelled', 6: 'declined' },
      transitions: {
        'ask-approval': 'Ask approval',
        start: 'Start',
        'ask-again': 'Ask again',
        resolve: 'Resolve',
        reopen: 'Reopen',
      },
      directoryConnectorId: 'scim-directory',
      enforcement: [{ mode: 'enforce', effectiveFrom: '2026-11-01T00:00:00.000Z' }],
    },
  ],
  policy: {
    rev: 7,
    version: 7,
    governanceOwnerIds: ['a-gus'],
    fallbackApproverId: 'a-gus',
    rules: [
      {
        id: 'standard-in-finance',
        name: 'Standard access within finance needs no approval',
        when: {
          changeKinds: ['grant', 'modify'],
          risks: ['standard'],
          beneficiary: [{ attribute: 'department', in: ['finance'] }],
        },
        then: { fulfilWithin: 'P1D', evidenceMaxAge: 'PT15M' },
      },
      {
        id: 'sensitive',
        name: 'Sensitive access needs the manager',
        when: { changeKinds: ['grant', 'modify'], risks: ['sensitive'] },
        then: {
          stages: [{ id: 'manager', name: 'Manager', order: 1, quorum: 'all', sources: [{ kind: 'manager' }] }],
          fulfilWithin: 'P1D',
          evidenceMaxAge: 'PT15M',
        },
      },
      {
        id: 'sensitive-long',
        name: 'Sensitive access for more than 90 days also needs its owner',
        when: { changeKinds: ['grant', 'modify'], risks: ['sensitive'], longerThan: 'P90D' },
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
        name: 'Privileged access needs the manager and the privileged-access owner',
        when: { changeKinds: ['grant', 'modify'], risks: ['privileged'] },
        then: {
          stages: [
            {
              id: 'manager-and-pam',
              name: 'Manager and PAM',
              order: 1,
              quorum: 'all',
              sources: [{ kind: 'manager' }, { kind: 'person', accountId: 'a-pam' }],
            },
          ],
          maxDuration: 'PT8H',
          evidenceMaxAge: 'PT5M',
          fulfilWithin: 'PT4H',
        },
      },
      {
        id: 'removal',
        name: 'Removals need no approval',
        when: { changeKinds: ['revoke'] },
        then: { fulfilWithin: 'P1D', evidenceMaxAge: 'PT15M' },
      },
    ],
  },
  calendars: [
    {
      id: 'office-berlin',
      rev: 2,
      version: 2,
      name: 'Office hours Berlin',
      timeZone: 'Europe/Berlin',
      week: {
        mon: [
          { from: '08:00', to: '12:00' },
          { from: '13:00', to: '17:30' },
        ],
        tue: [{ from: '08:00', to: '17:30' }],
        wed: [{ from: '08:00', to: '17:30' }],
        thu: [{ from: '08:00', to: '17:30' }],
        fri: [{ from: '08:00', to: '14:00' }],
        sat: [{ from: '20:00', to: '24:00' }],
        sun: [],
      },
      holidays: [
        { date: '2026-12-25', name: 'Christmas' },
        { date: '2027-01-01', name: 'New Year' },
      ],
    },
  ],
  ladders: [
    {
      id: 'finance',
      rev: 1,
      name: 'Finance ladder',
      remindersAtMost: 2,
      steps: [
        { id: 'a', clock: 'approval', at: { share: 0.5 }, action: { do: 'remind', to: ['approvers'] } },
        {
          id: 'b',
          clock: 'approval',
          at: { before: 'PT2H' },
          action: { do: 'add-approvers', sources: [{ kind: 'on-call', rota: 'pam' }] },
        },
        { id: 'c', clock: 'approval', at: { after: 'P1D' }, action: { do: 'auto-decline' } },
        { id: 'd', clock: 'removal', at: { share: 0.25 }, action: { do: 'remind', to: ['assignee', 'requester'] } },
        { id: 'e', clock: 'removal', at: { after: 'PT0S' }, action: { do: 'notify', to: ['governance-owner'] } },
        { id: 'f', clock: 'removal', at: { after: 'PT0S' }, action: { do: 'raise-priority', priority: 'Highest' } },
        { id: 'g', clock: 'removal', at: { after: 'PT4H' }, action: { do: 'governance-request' } },
      ],
    },
  ],
  rotas: [
    {
      id: 'pam',
      rev: 1,
      name: 'Privileged access on call',
      startsAt: '2026-11-02T08:00:00.000Z',
      turn: 'P7D',
      people: ['a-pam', 'a-gus'],
      overrides: [{ from: '2026-11-24T08:00:00.000Z', to: '2026-11-25T08:00:00.000Z', accountId: 'a-olga' }],
    },
  ],
  defaultLadders: [
    {
      id: 'standard',
      name: 'Standard ladder',
      remindersAtMost: 3,
      steps: [
        { id: 'fulfilment-half', clock: 'fulfilment', at: { share: 0.5 }, action: { do: 'remind', to: ['assignee'] } },
        { id: 'fulfilment-soon', clock: 'fulfilment', at: { share: 0.9 }, action: { do: 'remind', to: ['assignee'] } },
        {
          id: 'fulfilment-due',
          clock: 'fulfilment',
          at: { after: 'PT0S' },
          action: { do: 'notify', to: ['governance-owner'] },
        },
      ],
    },
  ],
  site: {
    rev: 1,
    governanceProjectKey: 'GOV',
    governanceIssueType: 'Task',
    anchor: { kind: 'issue', issueKey: 'GOV-1' },
  },
  leaverKeys: [
    { rev: 2, keyId: 'hr', fingerprint: '5d20c7e1', setAt: '2026-03-02T09:00:00.000Z' },
    { rev: 1, keyId: 'hr-2027', fingerprint: 'b81f6a04', setAt: '2026-11-20T09:00:00.000Z' },
  ],
  lastSweep: '2026-11-23T10:40:00.000Z',
  sweepLate: false,
  now: '2026-11-23T10:42:10.000Z',
};

export const emptySettings = {
  connectorKinds,
  secretRule: settings.secretRule,
  connectors: [],
  catalogue: [],
  projects: [],
  calendars: [],
  ladders: [],
  rotas: [],
  leaverKeys: [],
  defaultLadders: settings.defaultLadders,
  sweepLate: true,
  now: '2026-11-23T10:42:10.000Z',
};

export const health = {
  lastSweep: '2026-11-23T08:05:00.000Z',
  sweepLate: true,
  pausedUntil: '2026-11-23T10:50:00.000Z',
  points: { used: 31_200, budget: 40_000 },
  stuck: [
    {
      issueId: '10017',
      key: 'ACC-17',
      what: 'effect',
      since: '2026-11-23T07:10:00.000Z',
      problem: 'Jira refuses the transition Resolve: the field Resolution is required on its screen.',
      owner: 'Gus Gray',
    },
  ],
  breakers: [
    { breaker: 'revocations', trippedAt: '2026-11-23T09:00:00.000Z', held: 142, limit: 50, windowHours: 24 },
    { breaker: 'reopenings', held: 0, limit: 20, windowHours: 1 },
  ],
  workflow: [
    {
      projectKey: 'ACC',
      checkedAt: '2026-11-23T10:05:00.000Z',
      problems: [
        'The transition Resolve of the workflow "Access" has no condition of Proofgate any more. Add it again.',
      ],
    },
    { projectKey: 'HR', checkedAt: '2026-11-23T10:05:00.000Z', problems: [] },
  ],
  bypasses: [
    {
      key: 'ACC-12',
      at: '2026-11-23T09:31:00.000Z',
      text: 'Moved to Resolved in a bulk change by Bob Bell. It was reopened.',
    },
  ],
  exceptions: [
    { key: 'ACC-30', owner: 'Olga Ortiz', expiresAt: '2026-11-26T17:00:00.000Z', gate: 'verification' },
    { key: 'ACC-21', owner: 'Gus Gray', expiresAt: '2026-11-23T12:00:00.000Z', gate: 'approval' },
  ],
  leavers: {
    waiting: 3,
    problem:
      '2 entries wait: no directory knows the identity. The list that was signed with hr on 2026-11-23 10:30 UTC has entries that were not understood: 4 (instant).',
  },
  newestDigest: { at: '2026-11-23T10:00:00.000Z' },
  now: '2026-11-23T10:42:10.000Z',
};

export const quietHealth = {
  lastSweep: '2026-11-23T10:40:00.000Z',
  sweepLate: false,
  points: { used: 120, budget: 40_000 },
  stuck: [],
  breakers: health.breakers.map(({ breaker, limit, windowHours }) => ({ breaker, limit, windowHours, held: 0 })),
  workflow: [health.workflow[1]],
  bypasses: [],
  exceptions: [],
  leavers: { waiting: 0 },
  newestDigest: { at: '2026-11-23T10:00:00.000Z', anchoredAt: '2026-11-23T10:00:03.000Z' },
  now: '2026-11-23T10:42:10.000Z',
};

export const probeSteps = [
  { step: 'reach', ok: true, text: 'The server answers.' },
  { step: 'sign-in', ok: true, text: 'The server accepts the secret.' },
  {
    step: 'wrong-secret-refused',
    ok: false,
    text: 'The server also answers a made-up secret. Anyone can read it, so its answers prove nothing: switch authentication on in the target.',
  },
  { step: 'rights', ok: true, text: 'The secret may read people and groups, and nothing else.' },
  { step: 'find-people', ok: true, text: 'People can be read.' },
  {
    step: 'look-ups-honoured',
    ok: true,
    text: 'A made-up name finds nobody: the server looks for what it is asked for.',
  },
  { step: 'read-groups', ok: true, text: 'Groups and their members can be read.' },
];

export const probeNotApproved = [
  {
    step: 'reach',
    ok: false,
    why: 'not-approved',
    text: 'This address is not approved for the app. A Jira administrator approves it under the app’s connections.',
  },
  ...['sign-in', 'wrong-secret-refused', 'find-people', 'read-groups'].map((step) => ({
    step,
    ok: false,
    why: 'not-tested',
    text: 'Not tested: the step before has to work first.',
  })),
];
