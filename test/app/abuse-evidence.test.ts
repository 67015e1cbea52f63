/**
 * Abuse cases B01 to B18 through the app: ways to make a reading say what is not so. Each is a verdict or a refusal with its
 * audit entry, and the request, the issue and the target are as before. What a connector itself has to withstand is in the
 * contract suite that every kind passes (test/adapters/target-contract.ts).
 */
import type { Fault, Lie } from '../adapters/front';
import type { PersonKey } from './desk';
import { openSecondTarget, type SecondTarget } from './second-target';

let at: SecondTarget;
beforeEach(async () => {
  at = await openSecondTarget();
});
afterEach(async () => {
  at.front.reset();
  await at.close();
});

const until = '2027-01-31T00:00:00.000Z';
const rita = 'rita@acme.test';
const target = 'Payroll';
const entitlement = 'Payroll Clerks';

async function grant(): Promise<string> {
  const key = await at.desk.ask({ target, entitlement, end: until });
  expect(await at.desk.answer(key, 'mark')).toBe(200);
  expect(await at.desk.status(key)).toBe('In progress');
  return key;
}

/** A removal of what Rita holds, so that the account is pinned while the target still tells the truth. */
async function removal(): Promise<string> {
  await at.put(at.groupId, await at.userId(rita));
  const key = await at.desk.ask({ type: 'Remove access', target, entitlement });
  expect(await at.desk.status(key)).toBe('In progress');
  return key;
}

const newest = async (key: string) => (await at.desk.view(key)).items[0]?.evidence[0];

/** The gate is asked, refuses with a reason, says so in the audit, and changes nothing. */
async function refuses(key: string, evidence?: { verdict: string; reason?: string }): Promise<string> {
  const members = await at.scim('GET', `/Groups/${at.groupId}`);
  const before = (await at.desk.facts(key)).filter((fact) => fact === 'gate-refused').length;
  const refused = await at.desk.move(key, 'Resolve');
  expect(refused).toMatchObject({ status: 400, offered: true });
  const facts = await at.desk.facts(key);
  expect(facts.filter((fact) => fact === 'gate-refused').length).toBe(before + 1);
  expect(facts).not.toContain('closed-on-proof');
  expect(await at.desk.status(key)).toBe('In progress');
  expect((await at.desk.view(key)).state).not.toBe('closed');
  if (evidence) expect(await newest(key)).toMatchObject(evidence);
  expect(at.front.asked.every(({ method }) => method === 'GET')).toBe(true);
  expect(await at.scim('GET', `/Groups/${at.groupId}`)).toEqual(members);
  return refused.text;
}

// Lies rewrite documents of many shapes.
/* eslint-disable @typescript-eslint/no-explicit-any */
const resources = (change: (rows: any[]) => any[]): Lie => {
  return (_path, body) =>
    Array.isArray(body.Resources) ? { body: { ...body, Resources: change(body.Resources) } } : undefined;
};
const rows = (change: (row: any) => any): Lie => {
  return (_path, body) => ({
    body: Array.isArray(body.Resources) ? { ...body, Resources: body.Resources.map(change) } : change(body),
  });
};
/* eslint-enable @typescript-eslint/no-explicit-any */

it('B01: access that is taken away between the proof and the closing is seen once the proof is old', async () => {
  const key = await grant();
  const id = await at.userId(rita);
  await at.put(at.groupId, id);
  expect((await at.desk.verify(key)).gate.open).toBe(true);
  await at.take(at.groupId, id);
  await at.desk.world.advance('PT16M');
  await refuses(key, { verdict: 'absent' });
});

describe('B02: evidence of one target', () => {
  it('counts for no other one, although person, group and name are the same', async () => {
    const key = await at.desk.ask({ end: until });
    await at.desk.answer(key, 'mark');
    await at.desk.addMember('Finance Approvers', rita);
    expect((await at.desk.verify(key)).gate.open).toBe(true);
    await at.desk.edit(key, { 'Target system': target, Entitlement: entitlement });
    expect((await at.desk.move(key, 'Resolve')).status).not.toBe(204);
    await at.desk.world.settle();
    await at.desk.answer(key, 'mark');
    await refuses(key, { verdict: 'absent' });
  });

  it('counts for no other address of the same connector', async () => {
    const key = await grant();
    await at.put(at.groupId, await at.userId(rita));
    const moved = { ...at.connector, baseUrl: 'https://scim.acme.test/scim/v2' };
    await at.admin('saveConnector', { connector: moved, secret: 'another-secret', expectedRev: 1 });
    await refuses(key, { verdict: 'unreadable', reason: 'origin-changed' });
  });
});

describe('B03: an empty list with status 200', () => {
  it('is no grant', async () => {
    const key = await grant();
    await at.put(at.groupId, await at.userId(rita));
    at.front.lie = { answer: rows(({ members: _members, groups: _groups, ...row }) => ({ ...row, members: [] })) };
    await refuses(key);
    expect((await newest(key))?.verdict).not.toBe('confirmed');
  });

  it('is no removal', async () => {
    const key = await removal();
    at.front.lie = {
      answer: (path, body: { Resources?: unknown }) =>
        body.Resources
          ? { body: { ...body, totalResults: 0, Resources: [] } }
          : path.includes('/Groups/')
            ? { status: 200, body: { totalResults: 0, Resources: [] } }
            : undefined,
    };
    await refuses(key, { verdict: 'unreadable' });
  });
});

describe('B04: a list that is shorter than it says', () => {
  it('leaves open whose account it is', async () => {
    at.front.lie = { answer: resources((all) => all.slice(0, -1)) };
    const key = await at.desk.ask({ type: 'Remove access', target, entitlement });
    const [item] = (await at.desk.view(key)).items;
    expect(item?.unreadableSince).toBe(at.desk.world.now());
    expect(item?.evidence[0]).toMatchObject({ verdict: 'unreadable', reason: 'incomplete' });
    expect(await at.desk.facts(key)).not.toContain('account-pinned');
    expect(await at.desk.facts(key)).not.toContain('closed-on-proof');
    expect((await at.desk.move(key, 'Resolve')).status).not.toBe(204);
  });

  it('of members is no removal while the account itself says that it is one', async () => {
    const key = await removal();
    at.front.lie = {
      answer: (path, body: object) => (path.includes('/Groups/') ? { body: { ...body, members: [] } } : undefined),
    };
    await refuses(key);
    expect((await newest(key))?.verdict).not.toBe('confirmed');
  });
});

describe('B05: an account that is denied to exist', () => {
  it('has not lost what the group still lists', async () => {
    const key = await removal();
    at.front.lie = { answer: (path) => (path.includes('/Users/') ? { status: 404, body: {} } : undefined) };
    await refuses(key, { verdict: 'different' });
  });

  it('has lost nothing when the group cannot be read either', async () => {
    const key = await removal();
    at.front.fault = { kind: 'status', status: 404 };
    await refuses(key, { verdict: 'unreadable' });
  });
});

it.each([
  [401, 'refused-credentials'],
  [403, 'forbidden'],
])('B06: %d from the target is no removal', async (status, reason) => {
  const key = await removal();
  at.front.fault = { kind: 'status', status };
  await refuses(key, { verdict: 'unreadable', reason });
});

it('B07: a direct membership that is gone while a nested group still gives the access is no removal', async () => {
  const key = await removal();
  const id = await at.userId(rita);
  const inner = await at.createGroup('Month end');
  await at.put(inner, id);
  await at.put(at.groupId, inner, 'Group');
  await at.take(at.groupId, id);
  await refuses(key, { verdict: 'different', reason: 'held-through-another-path' });
  expect((await newest(key))?.observed).toContain('Month end');
});

describe('B08: two accounts that answer to one login', () => {
  it('are not guessed between', async () => {
    at.front.lie = {
      answer: (_path, body: { Resources?: Array<{ id: string; userName?: string }>; totalResults?: number }) => {
        const all = body.Resources;
        if (!all?.[0]?.userName) return undefined;
        const twice = all.flatMap((row) => [row, { ...row, id: `${row.id}-twin` }]);
        return { body: { ...body, totalResults: twice.length, Resources: twice } };
      },
    };
    const key = await at.desk.ask({ target, entitlement, end: until });
    expect((await at.desk.view(key)).problems.join(' ')).toContain('several accounts');
    expect(await at.desk.facts(key)).toContain('problems');
    expect((await at.desk.move(key, 'Start')).status).not.toBe(204);
  });

  it('do not stand for each other once one is pinned', async () => {
    const key = await grant();
    const id = await at.userId(rita);
    await at.scim('PATCH', `/Users/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'userName', value: 'rita.old@acme.test' }],
    });
    const other = await at.createUser({ userName: rita, active: true });
    await at.put(at.groupId, other);
    await refuses(key, { verdict: 'absent' });
  });
});

it.each(['Payroll Clerks ', 'payroll clerks', 'Payroll Clerks Admin', 'Payroll'])(
  'B09: a group that is only called like it (%j) is another group',
  async (name) => {
    const key = await grant();
    const similar = await at.createGroup(name);
    await at.put(similar, await at.userId(rita));
    await refuses(key, { verdict: 'absent' });
  },
);

it.each(['" or userName pr or userName eq "', 'a" or active eq true', '%22%20or%20userName%20pr', '../../Users?x=y#'])(
  'B10, B11: a login that would widen the question (%j) finds nobody',
  async (serviceAccount) => {
    const key = await at.desk.ask({ target, entitlement, serviceAccount, end: until });
    const view = await at.desk.view(key);
    expect(view.state).toBe('submitted');
    expect(view.problems.join(' ')).toMatch(/does not know the service account|cannot be seen or told apart/);
    expect(await at.desk.facts(key)).toContain('problems');
    expect(view.items).toEqual([]);
    expect((await at.desk.move(key, 'Start')).status).not.toBe(204);
  },
);

describe('B12, B13, B14: an answer', () => {
  it.each<[string, Fault, string]>([
    ['with keys that reach into prototypes', { kind: 'prototype' }, 'malformed'],
    ['that is a hundred thousand levels deep', { kind: 'deep' }, 'too-large'],
    ['of a million keys', { kind: 'status', status: 200, body: `[${'{},'.repeat(500_000)}{}]` }, 'too-large'],
    ['with a number that is none', { kind: 'status', status: 200, body: '{"totalResults":NaN}' }, 'not-json'],
    ['with an infinite number', { kind: 'status', status: 200, body: '{"totalResults":1e999}' }, 'malformed'],
    ['without end', { kind: 'huge' }, 'too-large'],
    ['that trickles', { kind: 'slow-body' }, 'timeout'],
    ['that leads to the metadata host', { kind: 'redirect' }, 'redirected'],
  ])(
    '%s is no answer, for a grant and for a removal',
    async (_what, fault, reason) => {
      const given = await grant();
      const taken = await removal();
      at.front.fault = fault;
      await refuses(given, { verdict: 'unreadable', reason });
      await refuses(taken, { verdict: 'unreadable', reason });
      expect({} as { active?: boolean }).not.toHaveProperty('active');
    },
    40_000,
  );
});

it('B15: what the target says in its errors reaches nobody', async () => {
  const key = await grant();
  const said = '<img src=x onerror=alert(1)> {panel} \u001b[31m\nsandbox-scim-reader-token 10.0.0.5';
  at.front.fault = { kind: 'status', status: 500, body: JSON.stringify({ detail: said }) };
  const log: string[] = [];
  const console_ = jest.spyOn(console, 'log').mockImplementation((...line) => void log.push(JSON.stringify(line)));
  let text: string;
  try {
    text = await refuses(key, { verdict: 'unreadable', reason: 'server-error' });
  } finally {
    console_.mockRestore();
  }
  const comments = await at.desk.as('amir').get(`/rest/servicedeskapi/request/${key}/comment`);
  const shown = [text, JSON.stringify(await at.desk.view(key)), JSON.stringify(comments.body)];
  for (const everything of [...shown, ...log, await at.desk.world.exportAudit()])
    expect(everything).not.toMatch(/onerror|\{panel\}|\[31m|sandbox-scim-reader-token|10\.0\.0\.5/);
});

describe('B16, B17: a word', () => {
  it('of the implementer that it is done is no proof', async () => {
    const key = await grant();
    expect(await at.desk.invoke('amir', 'access-panel', 'reportFulfilment', key)).toMatchObject({ ok: true });
    await refuses(key, { verdict: 'absent' });
  });

  it('in a comment or in a property of the issue is no proof', async () => {
    const key = await grant();
    const amir = at.desk.as('amir');
    const comment = { body: 'I checked, here is the screenshot.', public: false };
    expect((await amir.post(`/rest/servicedeskapi/request/${key}/comment`, comment)).status).toBe(201);
    const forged = { governed: true, approved: true, state: 'verified', verdict: 'confirmed' };
    expect((await amir.put(`/rest/api/3/issue/${key}/properties/proofgate`, forged)).status).toBeLessThan(300);
    await refuses(key, { verdict: 'absent' });
  });

  it('of somebody who would make the proof is refused: nobody has that right', async () => {
    const key = await grant();
    const before = await at.desk.audit(key);
    for (const person of ['amir', 'gus', 'adele'] satisfies PersonKey[])
      for (const name of ['confirm', 'recordReading', 'saveEvidence'])
        expect(await at.desk.invoke(person, 'access-panel', name, key, { verdict: 'confirmed' })).toMatchObject({
          ok: false,
          error: expect.stringContaining('[unknown-function]') as string,
        });
    expect(await at.desk.audit(key)).toEqual(before);
  });
});

it('B18: instants of the target do not make evidence any fresher', async () => {
  const key = await grant();
  const id = await at.userId(rita);
  await at.put(at.groupId, id);
  at.front.lie = {
    answer: rows((row: { meta?: object }) => ({ ...row, meta: { ...row.meta, lastModified: '2099-01-01T00:00:00Z' } })),
  };
  const now = at.desk.world.now();
  expect((await at.desk.verify(key)).gate.open).toBe(true);
  expect((await newest(key))?.at).toBe(now);
  await at.take(at.groupId, id);
  await at.desk.world.advance('PT16M');
  await refuses(key, { verdict: 'absent' });
});
