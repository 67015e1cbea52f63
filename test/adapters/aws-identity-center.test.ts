import { awsAccounts, permissionSets } from '../../sandbox/targets/aws-identity-center/operations';
import { judge, type Expectation } from '../../src/domain/verification/judge';
import { awsHarness, readsOnly, type AwsHarness } from './aws-identity-center-harness';
import { targetContract } from './target-contract';

targetContract('AWS IAM Identity Center', awsHarness, {
  nesting: 'none',
  checks: ['find-people', 'look-ups-honoured', 'read-groups'],
  reads: readsOnly,
  accountPath: /^\/$/,
  missing: 'group:00000000-0000-4000-8000-000000000000',
  lacks: { 'short-page': 'lists say nothing of how many rows there are' },
});

describe('AWS IAM Identity Center', () => {
  let at: AwsHarness;
  beforeAll(async () => void (at = await awsHarness()));
  afterAll(() => at.close());
  afterEach(() => {
    at.restore();
    at.server.operations.behaviour.slowAssignments = false;
  });
  const [set] = permissionSets;
  const [account] = awsAccounts;
  const assignment = `assignment:${account}:${set.PermissionSetArn}`;
  const wanted = (changeKind: Expectation['changeKind'], id: string): Expectation => ({
    changeKind,
    account: { id, login: 'x' },
    entitlement: { id: assignment, name: 'Read only' },
    replaces: [],
  });
  const verdict = async (expectation: Expectation): Promise<string> => {
    const observation = await at.open().observe(expectation);
    const { verdict: what, reason } = judge(expectation, observation);
    return [what, reason, ...observation.through].join(': ');
  };
  const user = (): string => at.server.directory.addUser(`${at.server.directory.nextId('login')}@acme.test`).UserId;

  it('sees an assignment of the user, one through a group, and none', async () => {
    const [ann, bob, cid] = [user(), user(), user()];
    const admins = at.server.directory.addGroup('Cloud readers');
    at.server.directory.put(admins.GroupId, bob);
    const assigned = { AccountId: account, PermissionSetArn: set.PermissionSetArn };
    at.server.directory.assign({ ...assigned, PrincipalType: 'USER', PrincipalId: ann });
    at.server.directory.assign({ ...assigned, PrincipalType: 'GROUP', PrincipalId: admins.GroupId });
    expect(await verdict(wanted('grant', ann))).toBe('confirmed: held');
    expect(await verdict(wanted('revoke', bob))).toBe('different: held-through-another-path: Cloud readers');
    expect(await verdict(wanted('revoke', cid))).toBe('confirmed: gone');
    expect(await verdict(wanted('grant', cid))).toBe('absent: not-held');
  });

  it('waits for an assignment that AWS is still making', async () => {
    const dan = user();
    at.server.operations.behaviour.slowAssignments = true;
    const apply = () => at.open({ connector: { write: true } }).apply(wanted('grant', dan));
    expect(await apply()).toEqual({ result: 'applied' });
    expect(await verdict(wanted('grant', dan))).toBe('pending: waiting-in-target');
    expect(await apply()).toEqual({ result: 'already' });
    at.server.operations.finish();
    expect(await verdict(wanted('grant', dan))).toBe('confirmed: held');
    at.server.operations.behaviour.slowAssignments = false;
    expect(await at.open({ connector: { write: true } }).apply(wanted('revoke', dan))).toEqual({ result: 'applied' });
    expect(await verdict(wanted('revoke', dan))).toBe('confirmed: gone');
  });

  it('takes a wrong identity store for a wrong setting and not for a user who is gone', async () => {
    const id = user();
    const settings = { identityStoreId: 'd-0000000000', instanceArn: 'arn:aws:sso:::instance/ssoins-7223aa11bb22cc33' };
    const target = at.open({ connector: { settings } });
    expect(await target.identityById(id)).toEqual({ found: 'unreadable', failure: 'bad-request' });
  });

  it('lists holders and what a user holds, with the groups between', async () => {
    const eve = user();
    const group = at.server.directory.addGroup('Listed');
    at.server.directory.put(group.GroupId, eve);
    const [, other] = permissionSets;
    const id = `assignment:${account}:${other.PermissionSetArn}`;
    const assigned = { AccountId: account, PermissionSetArn: other.PermissionSetArn };
    at.server.directory.assign({ ...assigned, PrincipalType: 'GROUP', PrincipalId: group.GroupId });
    const first = await at.open().members?.(id, { limit: 10 });
    if (!first || 'failure' in first || first.next === undefined) throw new Error('no next page');
    expect(await at.open().members?.(id, { limit: 10, after: first.next })).toEqual({
      rows: [{ id: eve, hold: 'indirect' }],
    });
    const held = await at.open().heldBy?.(eve, { limit: 10 });
    expect(held).toMatchObject({ rows: [{ entitlement: { name: 'Listed' }, hold: 'direct' }], next: 'assignments:' });
    expect(await at.open().heldBy?.(eve, { limit: 10, after: 'assignments:' })).toMatchObject({
      rows: [{ entitlement: { id }, hold: 'indirect', through: [group.GroupId] }],
    });
  });

  it('signs each request over its body, its operation and its host', async () => {
    const id = user();
    await at.open().identityById(id);
    const [asked] = at.calls();
    if (!asked) throw new Error('nothing was asked');
    const send = async (body: string, headers: Record<string, string>): Promise<number> => {
      const answer = await fetch(at.server.baseUrl, {
        method: 'POST',
        body,
        headers: {
          authorization: asked.authorization ?? '',
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-date': String(asked.headers['x-amz-date']),
          'x-amz-target': String(asked.headers['x-amz-target']),
          'x-forwarded-host': at.server.host,
          ...headers,
        },
      });
      return answer.status;
    };
    expect(await send(asked.body, {})).toBe(200);
    expect(await send(`${asked.body} `, {})).toBe(400);
    expect(await send(asked.body, { 'x-amz-target': 'AWSIdentityStore.ListUsers' })).toBe(400);
    expect(await send(asked.body, { 'x-forwarded-host': 'identitystore.eu-west-1.amazonaws.com' })).toBe(400);
  });
});
