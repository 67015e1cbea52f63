import { exportJWK, exportPKCS8, generateKeyPair } from 'jose';
import { READER_TOKEN } from '../../sandbox/targets/okta/credentials';
import type { Expectation } from '../../src/domain/verification/judge';
import { oktaBench, type OktaBench } from '../adapters/okta-bench';
import { DescribedService, describeService, overheard, type Spoken } from './described-service';

const files = ['okta-management.trimmed.json', 'okta-oauth-token.trimmed.json'];

describeService('what is said between the app and Okta follows the official descriptions', files, () => {
  const service = new DescribedService(
    files,
    [
      {
        operation: /^listApplications$/,
        at: /^\/\d+\/_embedded\/user\//,
        reason: 'the description lets an embedded app user have objects only, against its own AppUser with its texts',
      },
    ],
    new Map([[401, 'an invalid token is refused before any operation (E0000011 in the list of error codes)']]),
  );
  const spoken: Spoken[] = [];
  let bench: OktaBench;
  beforeAll(async () => {
    await service.init();
    bench = await oktaBench(2, (transport) => overheard(transport, spoken));
  });
  afterEach(() => spoken.splice(0));
  afterAll(() => bench.close());

  const heardIsDescribed = (...operations: string[]): void => {
    expect(spoken.flatMap((one) => service.wrongWith(one))).toEqual([]);
    const names = new Set(spoken.map((one) => service.operationOf(one)));
    for (const name of operations) expect(names).toContain(name);
  };
  const wanted = (changeKind: Expectation['changeKind'], account: string, id: string): Expectation => ({
    changeKind,
    account: { id: account, login: account },
    entitlement: { id, name: id },
    replaces: [],
  });

  it('when access is given, proven, taken and proven to be gone', async () => {
    const { organisation } = bench.server;
    const ann = organisation.createUser({ login: 'ann@acme.test', firstName: 'Ann', lastName: 'A' }).id;
    for (const id of [`group:${organisation.createGroup('Readers').id}`, `app:${organisation.createApp('Ledger').id}`])
      for (const change of ['grant', 'revoke'] as const) {
        const result = await bench.open({ connector: { write: true } }).apply(wanted(change, ann, id));
        expect(result).toEqual({ result: 'applied' });
        expect((await bench.open().observe(wanted(change, ann, id))).hold).toBe(change === 'grant' ? 'direct' : 'none');
      }
    heardIsDescribed(
      'assignUserToGroup',
      'unassignUserFromGroup',
      'assignUserToApplication',
      'unassignUserFromApplication',
      'getApplicationUser',
      'getApplication',
      'getGroup',
      'getUser',
      'listUserGroups',
    );
  });

  it('when access comes through a group, and when somebody is gone', async () => {
    const { organisation } = bench.server;
    const bob = organisation.createUser({ login: 'bob@acme.test', firstName: 'Bob', lastName: 'B' }).id;
    const [staff, expenses] = [organisation.createGroup('Staff'), organisation.createApp('Expenses')];
    organisation.join(staff.id, bob);
    organisation.giveToGroup(expenses.id, staff.id);
    expect((await bench.open().observe(wanted('revoke', bob, `app:${expenses.id}`))).hold).toBe('indirect');
    organisation.removeUser(bob);
    organisation.join(staff.id, organisation.createUser({ login: 'eve@acme.test' }).id);
    expect(await bench.open().observe(wanted('revoke', bob, `group:${staff.id}`))).toMatchObject({ account: 'gone' });
    heardIsDescribed('listApplicationGroupAssignments', 'listGroupUsers');
    expect(spoken.map(({ status }) => status)).toContain(404);
  });

  it('when people, entitlements, members and service apps are looked up and listed', async () => {
    const { organisation } = bench.server;
    const { publicKey } = await generateKeyPair('RS256', { extractable: true });
    const key = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256', use: 'sig' };
    organisation.createApp('Batch', { type: 'service', keys: [key] });
    const target = bench.open({ budget: { calls: 100 } });
    const found = await target.identityByLogin('rita@acme.test');
    const rita = found.found === 'one' ? found.value.id : '';
    expect(await target.identityById(rita)).toMatchObject({ found: 'one' });
    expect(await target.identityByAccountId('nobody')).toEqual({ found: 'none' });
    expect(await target.identityByEmployeeNumber?.('nothing')).toEqual({ found: 'none' });
    expect(await target.entitlements(1000)).toMatchObject({ complete: true });
    for (const after of [undefined, 'apps '])
      expect(await target.heldBy?.(rita, { limit: 2, ...(after ? { after } : {}) })).toHaveProperty('rows');
    const everyone = organisation.groupsOf(rita).find(({ type }) => type === 'BUILT_IN');
    expect(await target.members?.(`group:${everyone?.id}`, { limit: 2 })).toHaveProperty('next');
    const [[ledger = ''] = []] = organisation.apps.entries();
    organisation.give(ledger, rita);
    expect(await target.members?.(`app:${ledger}`, { limit: 2 })).toHaveProperty('rows');
    expect(await target.nonHumanIdentities?.({ limit: 2 })).toHaveProperty('rows');
    heardIsDescribed('listUsers', 'listGroups', 'listApplications', 'listApplicationUsers');
  });

  it('in the live test, with an API token and with a private key', async () => {
    expect((await bench.open().probe()).filter(({ ok }) => !ok)).toEqual([]);
    heardIsDescribed('listAssignedRolesForUser');
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const key = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256', use: 'sig' };
    const scopes = ['okta.users.read', 'okta.groups.read', 'okta.apps.read'];
    const client = bench.server.organisation.createApp('Reader', { type: 'service', keys: [key], scopes });
    const auth = {
      kind: 'private-key-jwt',
      tokenUrl: 'https://acme.okta.com/oauth2/v1/token',
      clientId: client.id,
      keyId: 'k',
      scope: scopes.join(' '),
    } as const;
    const signing = (pem: string, clientId = client.id) =>
      bench.open({ connector: { auth: { ...auth, clientId } }, secrets: { read: pem } });
    const pem = await exportPKCS8(privateKey);
    expect((await signing(pem).probe()).filter(({ ok }) => !ok)).toEqual([]);
    expect((await signing(pem, 'nobody').probe())[1]).toMatchObject({ step: 'sign-in', ok: false });
    heardIsDescribed('token');
  });

  it('when a secret may not do what is asked of it', async () => {
    const { organisation } = bench.server;
    const ann = organisation.createUser({ login: 'amy@acme.test' }).id;
    const id = `group:${organisation.createGroup('Readers').id}`;
    const writer = bench.open({ connector: { write: true }, secrets: { read: 'wrong', write: 'wrong' } });
    expect(await writer.apply(wanted('grant', ann, id))).toEqual({ result: 'refused', failure: 'refused-credentials' });
    const writes = bench.open({ connector: { write: true }, secrets: { read: READER_TOKEN, write: READER_TOKEN } });
    expect(await writes.apply(wanted('grant', ann, id))).toEqual({ result: 'refused', failure: 'forbidden' });
    heardIsDescribed();
    expect(new Set(spoken.map(({ status }) => status))).toEqual(new Set([401, 200, 403]));
  });
});
