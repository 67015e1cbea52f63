/** By what the account of an identity is found in a target that is not the directory. */
import { openSecondTarget, type SecondTarget } from './second-target';

let at: SecondTarget;
afterEach(() => at.close());

const until = '2027-01-31T00:00:00.000Z';
const ask = (more: object = {}) =>
  at.desk.ask({ target: 'Payroll', entitlement: 'Payroll Clerks', end: until, ...more });
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** The seeded Rita of the second target gives her login up. */
async function withoutRita(): Promise<void> {
  await at.scim('DELETE', `/Users/${await at.userId('rita@acme.test')}`);
}

async function proven(key: string): Promise<number> {
  expect(await at.desk.answer(key, 'mark')).toBe(200);
  return (await at.desk.move(key, 'Resolve')).status;
}

it('finds it by the login where nothing else is said', async () => {
  at = await openSecondTarget();
  const key = await ask();
  await at.put(at.groupId, await at.userId('rita@acme.test'));
  expect(await proven(key)).toBe(204);
});

it('finds it by the part of the login before the @', async () => {
  at = await openSecondTarget({ accountMatch: 'local-part' });
  const id = await at.createUser({ userName: 'rita', active: true });
  const key = await ask();
  await at.put(at.groupId, await at.userId('rita@acme.test'));
  expect(await proven(key)).toBe(400);
  await at.put(at.groupId, id);
  expect((await at.desk.move(key, 'Resolve')).status).toBe(204);
});

it('finds it by the employee number of the directory, whatever the login there', async () => {
  at = await openSecondTarget({ accountMatch: 'employee-number' });
  await withoutRita();
  const id = await at.createUser({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
    userName: 'r.rees',
    active: true,
    [enterprise]: { employeeNumber: '1001' },
  });
  const key = await ask();
  await at.put(at.groupId, id);
  expect(await proven(key)).toBe(204);
  expect((await at.desk.view(key)).items[0]?.evidence[0]).toMatchObject({ verdict: 'confirmed' });
});

it('waits for an account that is not there yet, and finds it by the same rule once it is', async () => {
  at = await openSecondTarget({ accountMatch: 'employee-number' });
  await withoutRita();
  const key = await ask();
  expect(await proven(key)).toBe(400);
  expect((await at.desk.view(key)).items[0]?.evidence[0]).toMatchObject({
    verdict: 'unreadable',
    reason: 'no-account',
  });
  const id = await at.createUser({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
    userName: 'r.rees',
    active: true,
    [enterprise]: { employeeNumber: '1001' },
  });
  await at.put(at.groupId, id);
  expect((await at.desk.move(key, 'Resolve')).status).toBe(204);
});

it('takes an outage for an outage and not for a missing account', async () => {
  at = await openSecondTarget();
  await withoutRita();
  const key = await ask();
  await at.desk.answer(key, 'mark');
  at.front.fault = { kind: 'down' };
  const refused = await at.desk.move(key, 'Resolve');
  expect(refused.text).toContain('could not be reached');
  expect((await at.desk.view(key)).items[0]?.evidence[0]).toMatchObject({
    verdict: 'unreadable',
    reason: 'unreachable',
  });
});

it('leaves it to a person when the rule fits two accounts, and finds nobody without an employee number', async () => {
  at = await openSecondTarget({ accountMatch: 'employee-number' });
  await at.createUser({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
    userName: 'r.rees',
    active: true,
    [enterprise]: { employeeNumber: '1001' },
  });
  const key = await ask();
  expect((await at.desk.view(key)).problems.join(' ')).toContain('several accounts in the target');
  expect((await at.desk.move(key, 'Start')).status).not.toBe(204);
});

it('refuses a rule that the kind of target cannot follow', async () => {
  at = await openSecondTarget();
  const connector = {
    ...at.connector,
    id: 'gh',
    kind: 'github',
    baseUrl: 'https://api.github.com',
    settings: { organization: 'acme' },
    accountMatch: 'employee-number',
  };
  await expect(at.admin('saveConnector', { connector, secret: 'x', expectedRev: 0 })).rejects.toThrow(
    /cannot be asked for employee numbers/,
  );
});
