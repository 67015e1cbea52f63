import { tokenHost } from '../../sandbox/targets/google-workspace/server';
import { scopes } from '../../sandbox/targets/google-workspace/service-account-tokens';
import { auth, googleHarness, reading, type GoogleHarness } from './google-workspace-harness';
import { targetContract } from './target-contract';

targetContract('Google Workspace', googleHarness, {
  nesting: 'any-depth',
  checks: ['rights', 'find-people', 'look-ups-honoured', 'read-groups'],
  reads: ({ method, host }) => method === 'GET' || host === tokenHost,
  accountPath: /^\/admin\/directory\/v1\/users\/\d+$/,
  missing: 'group:0nosuchgroup',
  lacks: {
    'short-page': 'lists say nothing of how many rows there are',
    'other-case': 'ids are digits',
  },
});

describe('Google Workspace', () => {
  let at: GoogleHarness;
  beforeAll(async () => void (at = await googleHarness()));
  afterAll(() => at.close());
  afterEach(() => at.restore());
  const wanted = (id: string, groupId: string) => ({
    changeKind: 'revoke' as const,
    account: { id, login: 'x' },
    entitlement: { id: `group:${groupId}`, name: 'g' },
    replaces: [],
  });

  it.each(['OWNER', 'MANAGER', 'MEMBER'])('a %s of a group is in it', async (role) => {
    const { id } = at.server.addUser(`${role}@acme.test`);
    const group = at.server.addGroup('Roles');
    at.server.put(group.id, id, role);
    expect(await at.open().observe(wanted(id, group.id))).toMatchObject({ hold: 'direct' });
  });

  it('concludes nothing when Google cannot look inside a group from outside the domain', async () => {
    const { id } = at.server.addUser('outside@acme.test');
    const group = at.server.addGroup('Other domain');
    at.front.lie = {
      answer: (path) =>
        path.includes('/hasMember/')
          ? { status: 400, body: { error: { code: 400, message: 'Invalid Input' } } }
          : undefined,
    };
    expect(await at.open().observe(wanted(id, group.id))).toMatchObject({ hold: 'unknown', failure: 'bad-request' });
  });

  it('counts an archived user as inactive and does not take an alias for a login', async () => {
    const { id } = at.server.addUser('old@acme.test', { archived: true, aliases: ['alias@acme.test'] });
    expect(await at.open().identityByLogin('old@acme.test')).toMatchObject({
      found: 'one',
      value: { id, active: false },
    });
    expect(await at.open().identityByLogin('alias@acme.test')).toEqual({ found: 'none' });
  });

  it('finds people by employee number with their manager, and two with one account id are for a person to decide', async () => {
    const mark = await at.open().identityByLogin('mark@acme.test');
    expect(await at.open().identityByEmployeeNumber?.('1001')).toMatchObject({
      found: 'one',
      value: { login: 'rita@acme.test', managerId: mark.found === 'one' ? mark.value.id : '' },
    });
    const externalIds = [{ value: '712020:twin', type: 'custom', customType: 'atlassian' }];
    for (const login of ['twin1@acme.test', 'twin2@acme.test']) at.server.addUser(login, { externalIds });
    expect(await at.open().identityByAccountId('712020:twin')).toEqual({ found: 'many' });
  });

  it('lists members and what somebody holds page by page, direct and through groups', async () => {
    const [outer, inner] = [at.server.addGroup('Outer list'), at.server.addGroup('Inner list')];
    const ids = ['a', 'b', 'c'].map((name) => at.server.addUser(`list-${name}@acme.test`).id);
    at.server.put(outer.id, ids[0] ?? '');
    at.server.put(outer.id, inner.id);
    at.server.put(inner.id, ids[1] ?? '');
    at.server.put(inner.id, ids[2] ?? '');
    const held: Record<string, string> = {};
    let after: string | undefined;
    do {
      const page = await at
        .open()
        .members?.(`group:${outer.id}`, { limit: 1, ...(after === undefined ? {} : { after }) });
      if (!page || 'failure' in page) throw new Error('no page');
      for (const row of page.rows) held[row.id] = row.hold;
      after = page.next;
    } while (after !== undefined);
    expect(held).toEqual({ [ids[0] ?? '']: 'direct', [ids[1] ?? '']: 'indirect', [ids[2] ?? '']: 'indirect' });
    const own = await at.open().heldBy?.(ids[1] ?? '', { limit: 10 });
    if (!own || 'failure' in own) throw new Error('no page');
    const more = await at.open().heldBy?.(ids[1] ?? '', { limit: 10, after: own.next ?? '' });
    expect(own.rows).toMatchObject([{ entitlement: { id: `group:${inner.id}` }, hold: 'direct', through: [] }]);
    expect(more).toMatchObject({
      rows: [{ entitlement: { id: `group:${outer.id}` }, hold: 'indirect', through: ['Inner list'] }],
    });
  });

  it('says which scopes are too many', async () => {
    const steps = await at.open({ connector: { auth: auth(`${reading} ${scopes.members}`) } }).probe();
    expect(steps.find(({ step }) => step === 'rights')).toMatchObject({
      ok: false,
      text: expect.stringContaining(scopes.members) as string,
    });
  });
});
