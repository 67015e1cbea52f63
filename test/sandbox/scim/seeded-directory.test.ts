import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { people } from '../../../sandbox/seed/company';
import { memoryStore, openStore } from '../../../sandbox/store';
import { ENTERPRISE, groupId, openDirectory, personId, type ScimClient } from './scim-client';

let scim: ScimClient;
beforeEach(async () => {
  scim = await openDirectory();
});
afterEach(() => scim.server.close());

test('holds every person with the attributes that policy and identity matching use', async () => {
  const { body } = await scim.call('GET', `/Users/${personId('rita')}`);
  expect(body).toMatchObject({
    schemas: expect.arrayContaining(['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE]),
    id: personId('rita'),
    userName: 'rita@acme.test',
    externalId: people.find(({ key }) => key === 'rita')?.accountId,
    displayName: 'Rita Rees',
    name: { formatted: 'Rita Rees', givenName: 'Rita', familyName: 'Rees' },
    active: true,
    userType: 'Employee',
    emails: [{ value: 'rita@acme.test', type: 'work', primary: true }],
    [ENTERPRISE]: {
      department: 'finance',
      employeeNumber: '1001',
      manager: {
        value: personId('mark'),
        displayName: 'Mark Moss',
        $ref: `${scim.server.baseUrl}/Users/${personId('mark')}`,
      },
    },
    meta: {
      resourceType: 'User',
      created: '2026-11-23T09:00:00.000Z',
      location: `${scim.server.baseUrl}/Users/${personId('rita')}`,
    },
  });
  expect(body.groups).toBeUndefined();
});

test('holds machine accounts with their owner as manager, and the three groups without members', async () => {
  const machines = await scim.find('Users', 'userType eq "Service" or userType eq "Workload"');
  expect(machines.body.Resources.map((row: { userName: string }) => row.userName).sort()).toEqual([
    'svc-ledger-export',
    'wl-payroll-batch',
  ]);
  const ledger = machines.body.Resources.find((row: { userName: string }) => row.userName === 'svc-ledger-export');
  expect(ledger[ENTERPRISE].manager.value).toBe(personId('olga'));
  expect(ledger.emails).toBeUndefined();
  const groups = await scim.call('GET', '/Groups');
  expect(groups.body.totalResults).toBe(3);
  expect(groups.body.Resources.find((row: { id: string }) => row.id === groupId('Finance Readers'))).toMatchObject({
    displayName: 'Finance Readers',
  });
});

test('names itself by the public host name when asked through it', async () => {
  const { body } = await scim.call('GET', `/Users/${personId('rita')}`, undefined, { host: 'scim.acme.test' });
  expect(body.meta.location).toBe(`https://scim.acme.test/scim/v2/Users/${personId('rita')}`);
  expect(body[ENTERPRISE].manager.$ref).toBe(`https://scim.acme.test/scim/v2/Users/${personId('mark')}`);
});

test('requests that arrive together keep their own base address', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      scim.call('GET', `/Users/${personId('rita')}`, undefined, i % 2 ? { host: 'scim.acme.test' } : {}),
    ),
  );
  answers.forEach(({ body }, i) =>
    expect(body.meta.location).toMatch(i % 2 ? /^https:\/\/scim\.acme/ : /^http:\/\/127/),
  );
});

test('several directories live in one process without knowing of each other', async () => {
  const other = await openDirectory();
  try {
    await Promise.all([
      scim.patch(`/Groups/${groupId('Finance Readers')}`, {
        op: 'add',
        path: 'members',
        value: [{ value: personId('rita') }],
      }),
      other.patch(`/Groups/${groupId('Finance Readers')}`, {
        op: 'add',
        path: 'members',
        value: [{ value: personId('mark') }],
      }),
    ]);
    const [here, there] = await Promise.all(
      [scim, other].map((one) => one.call('GET', `/Groups/${groupId('Finance Readers')}`)),
    );
    expect(here?.body.members.map((member: { value: string }) => member.value)).toEqual([personId('rita')]);
    expect(there?.body.members.map((member: { value: string }) => member.value)).toEqual([personId('mark')]);
    expect(there?.body.meta.location).toContain(other.server.baseUrl);
  } finally {
    await other.server.close();
  }
});

test('starts within 60 ms', async () => {
  const samples: number[] = [];
  for (let i = 0; i < 5; i++) {
    const store = memoryStore();
    const started = performance.now();
    const one = await openDirectory(store);
    samples.push(performance.now() - started);
    await one.server.close();
  }
  expect(Math.min(...samples)).toBeLessThan(60);
});

test('a directory on disk is as it was left, and what was deleted is not seeded again', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'scim-'));
  try {
    const first = openStore(directory);
    const before = await openDirectory(first);
    await before.patch(`/Groups/${groupId('Production Admins')}`, {
      op: 'add',
      path: 'members',
      value: [{ value: personId('pam') }],
    });
    await before.call('DELETE', `/Users/${personId('gus')}`);
    await before.server.close();
    await first.close();

    const second = openStore(directory);
    const after = await openDirectory(second);
    expect((await after.call('GET', `/Users/${personId('gus')}`)).status).toBe(404);
    const group = await after.call('GET', `/Groups/${groupId('Production Admins')}`);
    expect(group.body.members).toMatchObject([{ value: personId('pam'), display: 'Pam Park', type: 'User' }]);
    await after.server.close();
    await second.close();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
