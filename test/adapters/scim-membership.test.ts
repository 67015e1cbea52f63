import { DocumentServer, list, verdict, wanted, type Documents } from './scim-documents';

const user = (more: object = {}): object => ({ id: 'u1', userName: 'ann@acme.test', active: true, ...more });
const group = (id: string, members?: unknown, more: object = {}): object => ({
  id,
  displayName: `Group ${id}`,
  ...(members === undefined ? {} : { members }),
  ...more,
});
const schema = (resource: 'User' | 'Group', name: string, returned: string): object => ({
  id: `urn:ietf:params:scim:schemas:core:2.0:${resource}`,
  attributes: [{ name, type: 'complex', multiValued: true, returned }],
});
const bothShown = list(schema('Group', 'members', 'default'), schema('User', 'groups', 'default'));

describe('a SCIM group that shows no members', () => {
  const silent: Documents = { '/Groups/g1': group('g1'), '/Users/u1': user() };

  it('proves nothing by itself', async () => {
    expect(await verdict(silent, 'revoke')).toBe('unreadable: incomplete');
    expect(await verdict(silent, 'grant')).toBe('unreadable: incomplete');
    expect(await verdict({ ...silent, '/Groups/g1': group('g1', null) }, 'revoke')).toBe('unreadable: incomplete');
  });

  it('is asked for its members by name', async () => {
    const asked = { ...silent, '/Groups/g1?attributes=id,displayName,members': group('g1', []) };
    expect(await verdict(asked, 'revoke')).toBe('confirmed: gone');
    const held = { ...silent, '/Groups/g1?attributes=id,displayName,members': group('g1', [{ value: 'u1' }]) };
    expect(await verdict(held, 'revoke')).toBe('different: still-held');
    expect(await verdict(held, 'grant')).toBe('confirmed: held');
  });

  it('has none when the account shows its groups and this one is not among them', async () => {
    const told = { ...silent, '/Users/u1': user({ groups: [{ value: 'g2', type: 'direct' }] }) };
    expect(await verdict(told, 'revoke')).toBe('confirmed: gone');
    expect(await verdict({ ...silent, '/Users/u1': user({ groups: [] }) }, 'revoke')).toBe('confirmed: gone');
  });

  it('is held as the account says, and a word without its kind is no proof', async () => {
    const says = (entry: object) => ({ ...silent, '/Users/u1': user({ groups: [entry] }) });
    expect(await verdict(says({ value: 'g1', type: 'direct' }), 'grant')).toBe('confirmed: held');
    expect(await verdict(says({ value: 'g1', type: 'direct' }), 'revoke')).toBe('different: still-held');
    expect(await verdict(says({ value: 'g1', type: 'indirect' }), 'revoke')).toBe(
      'different: held-through-another-path',
    );
    expect(await verdict(says({ value: 'g1' }), 'grant')).toBe('unreadable: incomplete');
    expect(await verdict(says({ value: 'g1' }), 'revoke')).toBe('unreadable: incomplete');
  });

  it('is empty where the server’s own schemas promise to show members and groups, and nowhere else', async () => {
    expect(await verdict({ ...silent, '/Schemas': bothShown }, 'revoke')).toBe('confirmed: gone');
    expect(await verdict({ ...silent, '/Schemas': bothShown }, 'grant')).toBe('absent: not-held');
    for (const schemas of [
      list(schema('Group', 'members', 'default')),
      list(schema('User', 'groups', 'default')),
      list(schema('Group', 'members', 'request'), schema('User', 'groups', 'default')),
      list(schema('Group', 'members', 'never'), schema('User', 'groups', 'default')),
      list(schema('Group', 'displayName', 'default'), schema('User', 'groups', 'default')),
      list(
        schema('Group', 'members', 'default'),
        schema('Group', 'members', 'default'),
        schema('User', 'groups', 'default'),
      ),
      list(),
      500,
      404,
    ]) {
      expect(await verdict({ ...silent, '/Schemas': schemas }, 'revoke')).toBe('unreadable: incomplete');
    }
    expect(await verdict({ ...silent, '/Schemas': 403 }, 'revoke')).toBe('unreadable: forbidden');
  });
});

describe('members of a SCIM group', () => {
  it('of no said kind may be groups: they are looked up before anybody is told that access is gone', async () => {
    const documents: Documents = {
      '/Groups/g1': group('g1', [{ value: 'u2' }, { value: 'g2' }]),
      '/Groups/g2': group('g2', [{ value: 'u1' }]),
      '/Users/u1': user(),
      '/Groups': list(group('g1'), group('g2')),
    };
    expect(await verdict(documents, 'revoke')).toBe('different: held-through-another-path');
    expect(await verdict({ ...documents, '/Groups/g2': group('g2', []) }, 'revoke')).toBe('confirmed: gone');
    expect(await verdict({ ...documents, '/Groups': 500 }, 'revoke')).toBe('unreadable: server-error');
    expect(await verdict({ ...documents, '/Groups': { totalResults: 7, Resources: [group('g1')] } }, 'revoke')).toBe(
      'unreadable: incomplete',
    );
  });

  it('are groups by their link as well as by their type', async () => {
    for (const inner of [
      { value: 'g2', $ref: 'https://scim.acme.test/scim/v2/Groups/g2' },
      { value: 'g2', type: 'GROUP' },
      { value: 'g2', type: 'User', $ref: '../Groups/g2' },
    ]) {
      const documents = {
        '/Groups/g1': group('g1', [inner]),
        '/Groups/g2': group('g2', [{ value: 'u1', type: 'User' }]),
        '/Users/u1': user(),
      };
      expect(await verdict(documents, 'revoke')).toBe('different: held-through-another-path');
    }
  });

  it('that cannot be read leave the question open, a missing one included', async () => {
    const nested = { '/Groups/g1': group('g1', [{ value: 'g2', type: 'Group' }]), '/Users/u1': user() };
    expect(await verdict(nested, 'revoke')).toBe('unreadable: not-found');
    expect(await verdict({ ...nested, '/Groups/g2': 403 }, 'revoke')).toBe('unreadable: forbidden');
    expect(await verdict({ ...nested, '/Groups/g2': 500 }, 'revoke')).toBe('unreadable: server-error');
    expect(await verdict({ ...nested, '/Groups/g2': group('g2') }, 'revoke')).toBe('unreadable: incomplete');
  });

  it('without an id, or that are no list, make the group unreadable', async () => {
    for (const members of [[{}], [{ value: 7 }], ['u2'], 'u2', { value: 'u2' }, [null]]) {
      const documents = { '/Groups/g1': group('g1', members), '/Users/u1': user() };
      expect(await verdict(documents, 'revoke')).toBe('unreadable: malformed');
    }
  });

  it('are read whatever the case of attribute names, and never when a name stands there twice', async () => {
    const shouting = { '/Groups/g1': { ID: 'g1', Members: [{ Value: 'u1' }] }, '/Users/u1': user() };
    expect(await verdict(shouting, 'revoke')).toBe('different: still-held');
    const twice = { '/Groups/g1': { id: 'g1', members: [], Members: [{ value: 'u1' }] }, '/Users/u1': user() };
    expect(await verdict(twice, 'revoke')).toBe('unreadable: malformed');
  });

  it('with an id that is the account’s but for encoding are neither', async () => {
    const documents = { '/Groups/g1': group('g1', [{ value: '%75%31', type: 'User' }]), '/Users/u1': user() };
    expect(await verdict(documents, 'revoke')).toBe('unreadable: malformed');
    expect(await verdict(documents, 'grant')).toBe('unreadable: malformed');
  });
});

describe('the account’s own word', () => {
  const empty = { '/Groups/g1': group('g1', [{ value: 'u2', type: 'User' }]) };

  it('counts against a removal', async () => {
    const says = (entry: object) => ({ ...empty, '/Users/u1': user({ groups: [entry] }) });
    expect(await verdict(says({ value: 'g1', type: 'indirect' }), 'revoke')).toBe(
      'different: held-through-another-path',
    );
    expect(await verdict(says({ value: 'g1' }), 'revoke')).toBe('different: held-through-another-path');
    expect(await verdict(says({ value: 'g1', type: 'direct' }), 'revoke')).toBe('unreadable: incomplete');
    expect(await verdict(says({ value: 'g2', type: 'direct' }), 'revoke')).toBe('confirmed: gone');
  });

  it('is needed for both answers: an account that cannot be read leaves the question open', async () => {
    for (const answer of [500, 403, { id: 'u9' }, user({ active: 'maybe' }), user({ groups: [{}] })]) {
      const failure = answer === 500 ? 'server-error' : answer === 403 ? 'forbidden' : 'malformed';
      expect(await verdict({ ...empty, '/Users/u1': answer }, 'revoke')).toBe(`unreadable: ${failure}`);
      const held = { '/Groups': list(group('g1', [{ value: 'u1' }])), '/Users/u1': answer };
      expect(await verdict(held, 'grant')).toBe(`unreadable: ${failure}`);
    }
  });

  it('may leave out whether it is switched on', async () => {
    const held = { '/Groups': list(group('g1', [{ value: 'u1' }])) };
    expect(await verdict({ ...held, '/Users/u1': { id: 'u1' } }, 'grant')).toBe('confirmed: held');
    expect(await verdict({ ...held, '/Users/u1': { id: 'u1', active: 'False' } }, 'grant')).toBe(
      'different: account-inactive',
    );
  });

  it('that it is gone counts only beside a group that was read and does not list it', async () => {
    expect(await verdict(empty, 'revoke')).toBe('confirmed: account-gone');
    expect(await verdict({}, 'revoke')).toBe('unreadable: not-found');
    expect(await verdict({ '/Groups/g1': group('g1') }, 'revoke')).toBe('unreadable: incomplete');
    expect(await verdict({ '/Groups/g1': group('g1', [{ value: 'u1' }]) }, 'revoke')).toBe('different: still-held');
  });
});

describe('the filtered list', () => {
  const held = { '/Groups/g1': group('g1', [{ value: 'u1', type: 'User' }]), '/Users/u1': user() };
  const gone = { '/Groups/g1': group('g1', []), '/Users/u1': user() };

  it.each([
    ['another group', list(group('g2', [{ value: 'u1' }]))],
    ['the group without its members', list(group('g1'))],
    ['the group with other members', list(group('g1', [{ value: 'u2' }]))],
    ['the group by an id in another case', list(group('G1', [{ value: 'u1' }]))],
    ['the group twice and differently', list(group('g1', [{ value: 'u1' }]), group('g1', []))],
    ['nothing', list()],
    ['nothing, without a list', { totalResults: 0 }],
    ['a refusal', 400],
    ['an error', 501],
    ['something else', { hello: 'world' }],
  ])('that brings %s is not the answer: the group itself is', async (_title, answer) => {
    expect(await verdict({ ...held, '/Groups': answer }, 'grant')).toBe('confirmed: held');
    expect(await verdict({ ...gone, '/Groups': answer }, 'grant')).toBe('absent: not-held');
  });

  it('is never asked for a removal', async () => {
    const server = new DocumentServer(gone);
    await server.open().observe(wanted('revoke'));
    expect(server.asked.map(({ url }) => url)).toEqual([
      'https://scim.acme.test/scim/v2/Groups/g1',
      'https://scim.acme.test/scim/v2/Users/u1',
    ]);
  });

  it('names group and member', async () => {
    const server = new DocumentServer({ '/Groups': list(group('g1', [{ value: 'u1' }])), '/Users/u1': user() });
    await server.open().observe(wanted('grant'));
    expect(new URL(server.asked[0]?.url ?? '').searchParams.get('filter')).toBe('id eq "g1" and members.value eq "u1"');
    expect(server.asked).toHaveLength(2);
  });
});

describe('a modification', () => {
  it('is open while the level before cannot be read', async () => {
    const server = new DocumentServer({
      '/Groups': list(group('g1', [{ value: 'u1' }])),
      '/Users/u1': user(),
      '/Groups/g0': 500,
    });
    expect(await server.open().observe(wanted('modify', 'g0'))).toMatchObject({
      hold: 'direct',
      replaced: { g0: 'unknown' },
      failure: 'server-error',
    });
  });

  it('writes nothing when any part of it cannot be read, and adds before it removes', async () => {
    const documents: Documents = {
      '/Users/u1': user(),
      'GET /Groups/g1': group('g1', []),
      'GET /Groups/g0': 500,
      'PATCH /Groups/g1': 204,
      'PATCH /Groups/g0': 204,
    };
    const blind = new DocumentServer(documents);
    expect(await blind.open({ write: true }).apply(wanted('modify', 'g0'))).toEqual({
      result: 'failed',
      failure: 'server-error',
    });
    expect(blind.asked.every(({ method }) => method === 'GET')).toBe(true);
    const server = new DocumentServer({ ...documents, 'GET /Groups/g0': group('g0', [{ value: 'u1', type: 'User' }]) });
    expect(await server.open({ write: true }).apply(wanted('modify', 'g0'))).toEqual({ result: 'applied' });
    const writes = server.asked.filter(({ method }) => method === 'PATCH');
    expect(
      writes.map(({ url, body }) => [
        url.split('/').at(-1),
        (JSON.parse(body ?? '') as { Operations: unknown }).Operations,
      ]),
    ).toEqual([
      ['g1', [{ op: 'add', path: 'members', value: [{ value: 'u1' }] }]],
      ['g0', [{ op: 'remove', path: 'members[value eq "u1"]' }]],
    ]);
  });
});

describe('a change', () => {
  const documents: Documents = { '/Users/u1': user(), 'GET /Groups/g1': group('g1', []) };

  it.each([
    [403, { result: 'refused', failure: 'forbidden' }],
    [401, { result: 'refused', failure: 'refused-credentials' }],
    [400, { result: 'refused', failure: 'bad-request' }],
    [404, { result: 'refused', failure: 'not-found' }],
    [429, { result: 'failed', failure: 'rate-limited' }],
    [500, { result: 'failed', failure: 'server-error' }],
    [302, { result: 'failed', failure: 'redirected' }],
  ])('answered with %i is sent once and told as what it is', async (status, result) => {
    const server = new DocumentServer({ ...documents, 'PATCH /Groups/g1': status });
    expect(await server.open({ write: true }).apply(wanted('grant'))).toEqual(result);
    expect(server.asked.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
  });
});
