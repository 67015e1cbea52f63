import { ENTERPRISE, groupId, openDirectory, personId, type ScimClient } from './scim-client';

let scim: ScimClient;
beforeAll(async () => {
  scim = await openDirectory();
  await scim.patch(`/Groups/${groupId('Finance Readers')}`, {
    op: 'add',
    path: 'members',
    value: [{ value: personId('rita') }, { value: personId('mark') }],
  });
});
afterAll(() => scim.server.close());

const names = (answer: { body: { Resources: Array<{ userName?: string; displayName: string }> } }) =>
  answer.body.Resources.map((row) => row.userName?.split('@')[0] ?? row.displayName).sort();

test.each([
  ['userName eq "rita@acme.test"', ['rita']],
  ['userName eq "RITA@Acme.Test"', ['rita']],
  ['USERNAME Eq "rita@acme.test"', ['rita']],
  ['userName eq "nobody@acme.test"', []],
  ['externalId eq "712020:1f6a0c52-7d3e-4b18-9a60-2f1c5be0a101"', ['rita']],
  ['externalId eq "712020:1F6A0C52-7D3E-4B18-9A60-2F1C5BE0A101"', []],
  ['name.familyName sw "a"', ['adele', 'ana', 'amir'].sort()],
  ['emails[type eq "work" and value co "olga"]', ['olga']],
  [
    'emails.value ew "@ACME.TEST" and title pr and not (active eq false)',
    ['adele', 'amir', 'ana', 'gus', 'mark', 'olga', 'pam', 'rita'],
  ],
  ['not (emails pr)', ['svc-ledger-export', 'wl-payroll-batch']],
  ['nickName co "un"', []],
  [`${ENTERPRISE}:department eq "RISK"`, ['gus']],
  [`${ENTERPRISE}:manager.value eq "${'MARK'}"`, []],
  ['active eq "True" and userType eq "Workload"', ['wl-payroll-batch']],
  [
    '(userName sw "a" or userName sw "g") and userName co "acme" and userName ne "ana@acme.test"',
    ['adele', 'amir', 'gus'],
  ],
  ['groups.display eq "Finance Readers"', ['mark', 'rita']],
  ['meta.lastModified ge "2026-11-23T10:00:00+01:00" and userName sw "rita"', ['rita']],
  ['meta.lastModified gt "2026-11-23T09:00:00Z"', []],
  ['userName eq "a \\" b"', []],
])('people by %s', async (filter, expected) => {
  const answer = await scim.find('Users', filter);
  expect(answer.status).toBe(200);
  expect(names(answer)).toEqual(expected);
  expect(answer.body.totalResults).toBe(expected.length);
});

test('people by their manager', async () => {
  expect(names(await scim.find('Users', `${ENTERPRISE}:manager.value eq "${personId('mark')}"`))).toEqual(['rita']);
});

test.each([
  ['members[value eq "RITA"]', ['Finance Readers']],
  ['members.value eq "RITA"', ['Finance Readers']],
  ['members eq "RITA"', ['Finance Readers']],
  ['members.value eq "RITA" and members.value eq "MARK"', ['Finance Readers']],
  ['members[value eq "RITA" and value eq "MARK"]', []],
  ['members pr and members.value eq "OLGA"', []],
  ['members.value eq "OLGA"', []],
  ['members[value eq "RITA" and type eq "Group"]', []],
  ['id eq "READERS" and members[value eq "RITA"]', ['Finance Readers']],
  ['id eq "READERS" and members[value eq "OLGA"]', []],
  ['id eq "APPROVERS" and members[value eq "RITA"]', []],
  ['not (members.value eq "RITA")', ['Finance Approvers', 'Production Admins']],
  ['displayName eq "finance readers"', ['Finance Readers']],
  ['displayName eq null', []],
])('groups by %s', async (pattern, expected) => {
  const filter = pattern
    .replace('RITA', personId('rita'))
    .replace('MARK', personId('mark'))
    .replace('OLGA', personId('olga'))
    .replace('READERS', groupId('Finance Readers'))
    .replace('APPROVERS', groupId('Finance Approvers'));
  expect(names(await scim.find('Groups', filter))).toEqual(expected);
});

test('finds a name that has quotation marks in it', async () => {
  const displayName = 'The "Readers" \\ co';
  const group = await scim.call('POST', '/Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName,
  });
  expect(names(await scim.find('Groups', `displayName eq ${JSON.stringify(displayName)}`))).toEqual([displayName]);
  await scim.call('DELETE', `/Groups/${group.body.id}`);
});

test.each([
  'userName eq',
  'userName is "x"',
  '(userName eq "x"',
  'userName eq "x" userName eq "y"',
  'userName eq x',
  '"x" eq "x"',
  ' ',
  'emails[type eq "work"',
])('refuses the filter %s', async (filter) => {
  const answer = await scim.find('Users', filter);
  expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidFilter']);
});

test('pages cover everybody once, and a page past the end is empty', async () => {
  const seen: string[] = [];
  for (const startIndex of [1, 5, 9, 13]) {
    const { body } = await scim.call('GET', `/Users?startIndex=${startIndex}&count=4&sortBy=userName`);
    expect(body).toMatchObject({ totalResults: 10, startIndex });
    seen.push(...body.Resources.map((row: { userName: string }) => row.userName));
  }
  expect(seen).toEqual([...seen].sort());
  expect(new Set(seen).size).toBe(10);
  expect((await scim.call('GET', '/Users?count=0')).body).toMatchObject({ totalResults: 10, Resources: [] });
  expect((await scim.call('GET', '/Users?startIndex=11')).body).toMatchObject({ totalResults: 10, Resources: [] });
});

test('answers the attributes that were asked for', async () => {
  const only = await scim.call('GET', `/Users/${personId('rita')}?attributes=userName,name.familyName`);
  expect(only.body).toMatchObject({ id: personId('rita'), userName: 'rita@acme.test', name: { familyName: 'Rees' } });
  expect(only.body.emails).toBeUndefined();
  expect(only.body.name.givenName).toBeUndefined();
  const without = await scim.call('GET', `/Groups/${groupId('Finance Readers')}?excludedAttributes=members`);
  expect(without.body.displayName).toBe('Finance Readers');
  expect(without.body.members).toBeUndefined();
  const members = await scim.find('Groups', 'displayName eq "Finance Readers"', '&attributes=members.value');
  expect(members.body.Resources[0].members).toHaveLength(2);
  expect(members.body.Resources[0].displayName).toBeUndefined();
});

test('a search in the body asks the same question', async () => {
  const { body } = await scim.call('POST', '/Groups/.search', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
    filter: `members.value eq "${personId('rita')}"`,
  });
  expect(body.Resources.map((row: { displayName: string }) => row.displayName)).toEqual(['Finance Readers']);
});

test('describes itself, without bulk', async () => {
  const { body } = await scim.call('GET', '/ServiceProviderConfig');
  expect(body).toMatchObject({ patch: { supported: true }, filter: { supported: true }, bulk: { supported: false } });
  expect((await scim.call('GET', '/Schemas')).body.totalResults).toBe(3);
  expect((await scim.call('POST', '/Bulk', {})).status).toBe(501);
});
