import { DocumentServer, list } from './scim-documents';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const accountId = '712020:1f6a0c52-7d3e-4b18-9a60-2f1c5be0a101';
const read = (user: object) =>
  new DocumentServer({ '/Users/u1': { id: 'u1', userName: 'ann@acme.test', ...user } }).open().identityById('u1');

describe('a SCIM user as an identity', () => {
  it('is a person with manager, department and Atlassian account', async () => {
    const user = {
      externalId: accountId,
      displayName: 'Ann Archer',
      title: 'Accountant',
      userType: 'Employee',
      active: true,
      [enterprise]: { department: 'finance', employeeNumber: '1001', manager: { value: 'u2', displayName: 'Mark' } },
    };
    expect(await read(user)).toEqual({
      found: 'one',
      value: {
        kind: 'person',
        id: 'u1',
        name: 'Ann Archer',
        login: 'ann@acme.test',
        active: true,
        accountId,
        managerId: 'u2',
        attributes: { department: 'finance', title: 'Accountant', employeeNumber: '1001', userType: 'Employee' },
      },
    });
  });

  it('leaves out what is not known', async () => {
    expect(await read({ title: '', [enterprise]: { manager: {} } })).toEqual({
      found: 'one',
      value: { kind: 'person', id: 'u1', name: 'ann@acme.test', login: 'ann@acme.test', active: true, attributes: {} },
    });
  });

  it.each([
    ['Service', 'service-account'],
    ['service', 'service-account'],
    ['Workload', 'workload'],
    ['Contractor', 'person'],
  ])('of type %s is a %s', async (userType, kind) => {
    expect(await read({ userType })).toMatchObject({ value: { kind } });
  });

  it.each([
    [accountId, true],
    ['5b10ac8d82e05b22cc7d4ef5', true],
    ['557058:f58131cb-b67d-43c7-b30d-6b58d40bd077', true],
    ['qm:3f2a1c7e-1111-4222-8333-abcdefabcdef:9d', true],
    ['1001', false],
    ['ann@acme.test', false],
    [`${accountId}\n`, false],
    ['712020:../x', false],
  ])('with external id %j has an Atlassian account: %s', async (externalId, known) => {
    const found = await read({ externalId });
    expect(found.found === 'one' && 'accountId' in found.value).toBe(known);
  });

  it('is inactive when it says so in either spelling, and unreadable when it says neither', async () => {
    expect(await read({ active: false })).toMatchObject({ value: { active: false } });
    expect(await read({ active: 'False' })).toMatchObject({ value: { active: false } });
    expect(await read({ active: 0 })).toEqual({ found: 'unreadable', failure: 'malformed' });
    expect(await read({ userName: undefined })).toEqual({ found: 'unreadable', failure: 'malformed' });
  });

  it('takes its name from what there is', async () => {
    expect(await read({ name: { formatted: 'A. Archer', givenName: 'Ann' } })).toMatchObject({
      value: { name: 'A. Archer' },
    });
    expect(await read({ name: { givenName: 'Ann', familyName: 'Archer' } })).toMatchObject({
      value: { name: 'Ann Archer' },
    });
  });
});

describe('looking a SCIM user up', () => {
  const row = (id: string, externalId: string): object => ({ id, userName: `${id}@acme.test`, externalId });

  it('compares account ids exactly and logins without case', async () => {
    const server = new DocumentServer({ '/Users': list(row('U1', accountId.toUpperCase())) });
    expect(await server.open().identityByAccountId(accountId)).toEqual({ found: 'none' });
    expect(await server.open().identityByLogin('u1@ACME.test')).toMatchObject({ found: 'one', value: { id: 'U1' } });
  });

  it('asks again in lower case where a server minds it', async () => {
    const server = new DocumentServer({
      '/Users': list(),
      '/Users?filter=userName eq "u1@acme.test"&startIndex=1&count=100': list(row('u1', 'x')),
    });
    expect(await server.open().identityByLogin('U1@acme.test')).toMatchObject({ found: 'one', value: { id: 'u1' } });
    expect(server.asked).toHaveLength(2);
  });

  it('reads page after page until the server’s own total is reached', async () => {
    const rows = Array.from({ length: 5 }, (_, i) => row(`u${i}`, i === 4 ? accountId : String(i)));
    const page = (startIndex: number, count: number) => ({
      totalResults: 5,
      Resources: rows.slice(startIndex - 1, startIndex - 1 + count),
    });
    const filter = `filter=externalId eq "${accountId}"`;
    const documents = {
      [`/Users?${filter}&startIndex=1&count=100`]: page(1, 2),
      [`/Users?${filter}&startIndex=3&count=100`]: page(3, 2),
      [`/Users?${filter}&startIndex=5&count=100`]: page(5, 2),
    };
    expect(await new DocumentServer(documents).open().identityByAccountId(accountId)).toMatchObject({
      found: 'one',
      value: { id: 'u4' },
    });
    expect(await new DocumentServer(documents).open({}, { calls: 2 }).identityByAccountId(accountId)).toEqual({
      found: 'unreadable',
      failure: 'incomplete',
    });
  });

  it.each<[string, unknown]>([
    ['fewer rows than its total', { totalResults: 2, Resources: [row('u1', accountId)] }],
    ['more rows than its total', { totalResults: 1, Resources: [row('u1', accountId), row('u2', 'x')] }],
    ['no total of rows for a row', { totalResults: 0, Resources: [row('u1', accountId)] }],
    ['the first page over and over', { totalResults: 100, Resources: [row('u1', accountId), row('u2', 'x')] }],
  ])('is not sure of anybody when the server gives %s', async (_title, answer) => {
    const server = new DocumentServer({ '/Users': answer });
    expect(await server.open().identityByAccountId(accountId)).toEqual({ found: 'unreadable', failure: 'incomplete' });
    expect(server.asked.length).toBeLessThanOrEqual(2);
  });

  it.each<[string, unknown]>([
    ['no total', { Resources: [] }],
    ['a total that is no number', { totalResults: '1', Resources: [row('u1', accountId)] }],
    ['rows that are no list', { totalResults: 1, Resources: {} }],
    ['rows without ids', { totalResults: 1, Resources: [{ externalId: accountId }] }],
  ])('cannot read a list with %s', async (_title, answer) => {
    expect(await new DocumentServer({ '/Users': answer }).open().identityByAccountId(accountId)).toEqual({
      found: 'unreadable',
      failure: 'malformed',
    });
  });
});

describe('an employee number', () => {
  const user = (id: string, employeeNumber?: string) => ({
    id,
    userName: `${id}@acme.test`,
    [enterprise]: { ...(employeeNumber ? { employeeNumber } : {}) },
  });
  const find = (documents: Record<string, unknown>) =>
    new DocumentServer(documents).open().identityByEmployeeNumber?.('1001');

  it('is asked for by its full name in the enterprise schema', async () => {
    const filtered = `/Users?filter=${enterprise}:employeeNumber eq "1001"&startIndex=1&count=100`;
    expect(await find({ [filtered]: list(user('u1', '1001')) })).toMatchObject({ found: 'one', value: { id: 'u1' } });
  });

  it('belongs to nobody else when the server ignores the filter', async () => {
    expect(await find({ '/Users': list(user('u1', '1002'), user('u2'), user('u3', '1001')) })).toMatchObject({
      found: 'one',
      value: { id: 'u3' },
    });
    expect(await find({ '/Users': list(user('u1', '1002'), user('u2')) })).toEqual({ found: 'none' });
  });

  it('that two people have is nobody’s', async () => {
    expect(await find({ '/Users': list(user('u1', '1001'), user('u2', '1001')) })).toEqual({ found: 'many' });
    expect(await find({ '/Users': 500 })).toMatchObject({ found: 'unreadable' });
  });
});
