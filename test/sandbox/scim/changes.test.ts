import { ENTERPRISE, groupId, openDirectory, personId, type ScimClient } from './scim-client';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const READERS = `/Groups/${groupId('Finance Readers')}`;

let scim: ScimClient;
beforeEach(async () => {
  scim = await openDirectory();
});
afterEach(() => scim.server.close());

const add = (...keys: string[]) => ({
  op: 'add',
  path: 'members',
  value: keys.map((key) => ({ value: personId(key) })),
});
const members = async (path = READERS): Promise<string[]> =>
  ((await scim.call('GET', path)).body.members ?? []).map((member: { value: string }) => member.value);
const groupsOf = async (key: string): Promise<Array<{ display: string; type: string }>> =>
  ((await scim.call('GET', `/Users/${personId(key)}`)).body.groups ?? []).map(
    ({ display, type }: { display: string; type: string }) => ({ display, type }),
  );

test('a member is added, seen from both sides, and removed by a value path', async () => {
  const added = await scim.patch(READERS, add('rita', 'mark'));
  expect(added.status).toBe(200);
  expect(added.body.members).toContainEqual({
    value: personId('rita'),
    display: 'Rita Rees',
    type: 'User',
    $ref: `${scim.server.baseUrl}/Users/${personId('rita')}`,
  });
  expect(await groupsOf('rita')).toEqual([{ display: 'Finance Readers', type: 'direct' }]);

  expect((await scim.patch(READERS, { op: 'remove', path: `members[value eq "${personId('rita')}"]` })).status).toBe(
    200,
  );
  expect(await members()).toEqual([personId('mark')]);
  expect(await groupsOf('rita')).toEqual([]);
});

test('adding twice changes nothing and says so', async () => {
  await scim.patch(READERS, add('rita'));
  scim.clock.instant += 60_000;
  expect((await scim.patch(READERS, add('rita'))).status).toBe(204);
  expect(await members()).toEqual([personId('rita')]);
});

test('removing somebody who is no member changes nothing', async () => {
  await scim.patch(READERS, add('mark'));
  expect((await scim.patch(READERS, { op: 'remove', path: `members[value eq "${personId('rita')}"]` })).status).toBe(
    204,
  );
  expect(await members()).toEqual([personId('mark')]);
});

test('members are replaced, removed by value and removed altogether', async () => {
  await scim.patch(READERS, add('rita', 'mark'));
  await scim.patch(READERS, {
    op: 'replace',
    path: 'members',
    value: [{ value: personId('olga') }, { value: personId('pam') }],
  });
  expect((await members()).sort()).toEqual([personId('olga'), personId('pam')].sort());
  await scim.patch(READERS, { op: 'remove', path: 'members', value: [{ value: personId('pam') }] });
  expect(await members()).toEqual([personId('olga')]);
  await scim.patch(READERS, { op: 'remove', path: 'members' });
  expect(await members()).toEqual([]);
});

test('a member that does not exist is refused and nothing is changed', async () => {
  await scim.patch(READERS, add('rita'));
  const refused = await scim.patch(READERS, add('mark'), { op: 'add', path: 'members', value: [{ value: 'nobody' }] });
  expect([refused.status, refused.body.scimType]).toEqual([400, 'invalidValue']);
  expect(await members()).toEqual([personId('rita')]);
});

test('a projection on a PATCH does not cost the group its other members', async () => {
  await scim.patch(READERS, add('rita'));
  await scim.patch(`${READERS}?attributes=displayName`, add('mark'));
  expect((await members()).sort()).toEqual([personId('mark'), personId('rita')].sort());
});

test('nested groups give indirect membership, direct wins, cycles end', async () => {
  const create = async (displayName: string, ids: string[]) =>
    (await scim.call('POST', '/Groups', { schemas: [GROUP], displayName, members: ids.map((value) => ({ value })) }))
      .body;
  const inner = await create('Inner', [personId('rita')]);
  const middle = await create('Middle', [inner.id]);
  expect(middle.members).toMatchObject([{ value: inner.id, type: 'Group', display: 'Inner' }]);
  await scim.patch(READERS, { op: 'add', path: 'members', value: [{ value: middle.id }] });
  await scim.patch(`/Groups/${inner.id}`, {
    op: 'add',
    path: 'members',
    value: [{ value: groupId('Finance Readers') }],
  });
  expect((await groupsOf('rita')).sort((a, b) => a.display.localeCompare(b.display))).toEqual([
    { display: 'Finance Readers', type: 'indirect' },
    { display: 'Inner', type: 'direct' },
    { display: 'Middle', type: 'indirect' },
  ]);
  await scim.patch(READERS, add('rita'));
  expect(await groupsOf('rita')).toContainEqual({ display: 'Finance Readers', type: 'direct' });
});

test('a user is created, unique by login, deactivated, replaced and deleted with all memberships', async () => {
  const document = { schemas: [USER], userName: 'Nina@acme.test', displayName: 'Nina', password: 'secret' };
  const created = await scim.call('POST', '/Users', document);
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({ userName: 'Nina@acme.test', active: true });
  expect(created.text).not.toContain('secret');
  const path = `/Users/${created.body.id}`;

  const twice = await scim.call('POST', '/Users', { ...document, userName: 'NINA@ACME.TEST' });
  expect([twice.status, twice.body.scimType]).toEqual([409, 'uniqueness']);

  await scim.patch(READERS, { op: 'add', path: 'members', value: [{ value: created.body.id }] });
  scim.clock.instant += 60_000;
  expect((await scim.patch(path, { op: 'replace', path: 'active', value: false })).body.active).toBe(false);
  const replaced = await scim.call('PUT', path, { schemas: [USER], userName: 'nina.new@acme.test' });
  expect(replaced.body).toMatchObject({ id: created.body.id, userName: 'nina.new@acme.test', active: false });
  expect(replaced.body.displayName).toBeUndefined();
  expect(replaced.body.groups).toMatchObject([{ display: 'Finance Readers' }]);
  expect(replaced.body.meta).toMatchObject({
    created: '2026-11-23T09:00:00.000Z',
    lastModified: '2026-11-23T09:01:00.000Z',
  });

  expect((await scim.call('DELETE', path)).status).toBe(204);
  expect((await scim.call('GET', path)).status).toBe(404);
  expect((await scim.call('DELETE', path)).status).toBe(404);
  expect(await members()).toEqual([]);
});

test('a login that is used again belongs to another account', async () => {
  const before = personId('gus');
  await scim.call('DELETE', `/Users/${before}`);
  const again = await scim.call('POST', '/Users', { schemas: [USER], userName: 'gus@acme.test' });
  expect(again.status).toBe(201);
  expect(again.body.id).not.toBe(before);
});

test('a manager and a department change through the enterprise extension', async () => {
  const path = `/Users/${personId('rita')}`;
  await scim.patch(
    path,
    { op: 'replace', path: `${ENTERPRISE}:manager.value`, value: personId('olga') },
    { op: 'replace', path: `${ENTERPRISE}:department`, value: 'treasury' },
  );
  const { body } = await scim.call('GET', path);
  expect(body[ENTERPRISE]).toMatchObject({
    department: 'treasury',
    employeeNumber: '1001',
    manager: { value: personId('olga'), displayName: 'Olga Orlova' },
  });
});

test('a deleted group leaves nobody a member of it', async () => {
  await scim.patch(READERS, add('rita'));
  await scim.call('DELETE', READERS);
  expect(await groupsOf('rita')).toEqual([]);
  expect((await scim.call('GET', READERS)).status).toBe(404);
});

test('changes that arrive together all count', async () => {
  const keys = ['rita', 'mark', 'olga', 'amir', 'ana', 'adele', 'gus', 'pam'];
  await Promise.all(keys.map((key) => scim.patch(READERS, add(key))));
  expect((await members()).sort()).toEqual(keys.map(personId).sort());
});

test('what is no SCIM document is refused', async () => {
  expect((await scim.call('POST', '/Users', '{"userName":')).body).toMatchObject({
    status: '400',
    scimType: 'invalidSyntax',
  });
  expect((await scim.call('POST', '/Users', { schemas: [USER] })).body).toMatchObject({
    status: '400',
    scimType: 'invalidValue',
  });
  expect((await scim.patch('/Users/unknown', { op: 'replace', path: 'active', value: false })).status).toBe(404);
  expect((await scim.call('GET', `/Users/${'x'.repeat(3000)}`)).status).toBe(404);
  expect((await scim.call('GET', '/Nothing')).status).toBe(404);
});
