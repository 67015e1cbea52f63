import { judge, type Expectation } from '../../src/domain/verification/judge';
import type { Target } from '../../src/usecases/ports';
import type { KeystoneAdministrator } from './keystone-administrator';

/** A Keystone to hold the connector against: the sandbox's, or a real one. */
export interface KeystoneUnderTest {
  open(write?: boolean): Target;
  readonly admin: KeystoneAdministrator;
}

/** What the connector promises about roles: direct and effective, on the sandbox's Keystone as on a real one. */
export function keystonePromises(at: () => KeystoneUnderTest): void {
  let serial = 0;
  const person = async (): Promise<string> => at().admin.basics.person(`r${(serial += 1)}@acme.test`);
  const project = async (): Promise<string> => at().admin.project(`Project r${(serial += 1)}`);
  const group = async (): Promise<{ id: string; name: string }> => {
    const name = `Group r${(serial += 1)}`;
    return { name, id: (await at().admin.basics.group(name)).slice('group:'.length) };
  };
  const about = (changeKind: Expectation['changeKind'], account: string, id: string): Expectation => ({
    changeKind,
    account: { id: account, login: account },
    entitlement: { id, name: id },
    replaces: [],
  });
  const verdict = async (expectation: Expectation): Promise<string> => {
    const { verdict: what, reason } = judge(expectation, await at().open().observe(expectation));
    return `${what}: ${reason}`;
  };

  it.each(['project', 'domain', 'system'])('grants and removes a role on a %s, and proves both', async (kind) => {
    const ann = await person();
    const role = await at().admin.role('member');
    const place = kind === 'project' ? await project() : kind === 'domain' ? 'default' : 'all';
    const id = `${kind}:${place}:${role}`;
    expect(await verdict(about('grant', ann, id))).toBe('absent: not-held');
    expect(
      await at()
        .open(true)
        .apply(about('grant', ann, id)),
    ).toEqual({ result: 'applied' });
    expect(
      await at()
        .open(true)
        .apply(about('grant', ann, id)),
    ).toEqual({ result: 'already' });
    expect(await verdict(about('grant', ann, id))).toBe('confirmed: held');
    expect(await verdict(about('revoke', ann, id))).toBe('different: still-held');
    expect(
      await at()
        .open(true)
        .apply(about('revoke', ann, id)),
    ).toEqual({ result: 'applied' });
    expect(
      await at()
        .open(true)
        .apply(about('revoke', ann, id)),
    ).toEqual({ result: 'already' });
    expect(await verdict(about('revoke', ann, id))).toBe('confirmed: gone');
  });

  it.each(['project', 'domain', 'system'])(
    'a role on a %s that comes through a group is another path, and is not gone while it lasts',
    async (kind) => {
      const ann = await person();
      const role = await at().admin.role('member');
      const place = kind === 'project' ? await project() : kind === 'domain' ? 'default' : 'all';
      const id = `${kind}:${place}:${role}`;
      const { id: groupId, name } = await group();
      await at().admin.basics.put(groupId, ann);
      const path = kind === 'system' ? 'system' : `${kind}s/${place}`;
      await at().admin.change('PUT', `/${path}/groups/${groupId}/roles/${role}`);
      for (const change of ['grant', 'revoke'] as const) {
        expect(await verdict(about(change, ann, id))).toBe('different: held-through-another-path');
        expect(
          await at()
            .open()
            .observe(about(change, ann, id)),
        ).toMatchObject({ hold: 'indirect', through: [name] });
      }
      expect(
        await at()
          .open(true)
          .apply(about('revoke', ann, id)),
      ).toEqual({
        result: 'refused',
        failure: 'bad-request',
      });
      await at().admin.basics.take(groupId, ann);
      expect(await verdict(about('revoke', ann, id))).toBe('confirmed: gone');
    },
  );

  it('a direct removal leaves what a group still gives', async () => {
    const ann = await person();
    const role = await at().admin.role('member');
    const on = await project();
    const { id: groupId } = await group();
    await at().admin.basics.put(groupId, ann);
    await at().admin.change('PUT', `/projects/${on}/groups/${groupId}/roles/${role}`);
    await at().admin.change('PUT', `/projects/${on}/users/${ann}/roles/${role}`);
    expect(await verdict(about('grant', ann, `project:${on}:${role}`))).toBe('confirmed: held');
    await at().admin.change('DELETE', `/projects/${on}/users/${ann}/roles/${role}`);
    expect(await verdict(about('revoke', ann, `project:${on}:${role}`))).toBe('different: held-through-another-path');
  });

  it.each(['project', 'system'])('a role on a %s that another role brings along is another path', async (kind) => {
    const ann = await person();
    const [admin, reader] = [await at().admin.role('admin'), await at().admin.role('reader')];
    const place = kind === 'project' ? await project() : 'all';
    await at().admin.change(
      'PUT',
      `/${kind === 'system' ? 'system' : `projects/${place}`}/users/${ann}/roles/${admin}`,
    );
    const observation = await at()
      .open()
      .observe(about('revoke', ann, `${kind}:${place}:${reader}`));
    expect(observation.hold).toBe('indirect');
    expect(observation.through.length).toBeGreaterThan(0);
    expect(await verdict(about('grant', ann, `${kind}:${place}:${admin}`))).toBe('confirmed: held');
  });

  it('a role that the domain hands down is another path in the project and not held on the domain', async () => {
    const ann = await person();
    const role = await at().admin.role('member');
    const on = await project();
    const handedDown = `/OS-INHERIT/domains/default/users/${ann}/roles/${role}/inherited_to_projects`;
    await at().admin.change('PUT', handedDown);
    expect(await verdict(about('revoke', ann, `project:${on}:${role}`))).toBe('different: held-through-another-path');
    expect(await verdict(about('revoke', ann, `domain:default:${role}`))).toBe('confirmed: gone');
    await at().admin.change('DELETE', handedDown);
    expect(await verdict(about('revoke', ann, `project:${on}:${role}`))).toBe('confirmed: gone');
  });

  it('concludes nothing about places and roles that do not exist, and nothing about roles of a domain', async () => {
    const ann = await person();
    const role = await at().admin.role('member');
    const on = await project();
    const none = '0123456789abcdef0123456789abcdef';
    const own = await at().admin.role('Own role', 'default');
    await at().admin.change('PUT', `/projects/${on}/users/${ann}/roles/${own}`);
    const ids = [`project:${none}:${role}`, `project:${on}:${none}`, `domain:${none}:${role}`, `system:all:${none}`];
    for (const id of [...ids, `group:${none}`, 'system:some:x', 'project:x', 'role:x'])
      expect([id, await verdict(about('revoke', ann, id))]).toEqual([id, 'unreadable: not-found']);
    expect(await verdict(about('revoke', ann, `project:${on}:${own}`))).toBe('unreadable: incomplete');
  });

  it('a user who is gone has lost every role that there is, and nothing is said of others', async () => {
    const ann = await person();
    const role = await at().admin.role('member');
    const on = await project();
    await at().admin.change('PUT', `/projects/${on}/users/${ann}/roles/${role}`);
    await at().admin.basics.remove(ann);
    const { id: groupId } = await group();
    for (const id of [`project:${on}:${role}`, `domain:default:${role}`, `system:all:${role}`, `group:${groupId}`])
      expect([id, await verdict(about('revoke', ann, id))]).toEqual([id, 'confirmed: account-gone']);
    expect(await verdict(about('grant', ann, `project:${on}:${role}`))).toBe('absent: account-gone');
    expect(await verdict(about('revoke', ann, `project:nowhere:${role}`))).toBe('unreadable: not-found');
  });

  it('lists who holds a role and what a user holds, with how, in pages', async () => {
    const [ann, bob] = [await person(), await person()];
    const role = await at().admin.role('member');
    const reader = await at().admin.role('reader');
    const on = await project();
    const { id: groupId, name } = await group();
    await at().admin.basics.put(groupId, bob);
    await at().admin.change('PUT', `/projects/${on}/users/${ann}/roles/${role}`);
    await at().admin.change('PUT', `/projects/${on}/groups/${groupId}/roles/${role}`);
    await at().admin.change('PUT', `/system/groups/${groupId}/roles/${role}`);
    const rows: Array<{ id: string; hold: string }> = [];
    let after: string | undefined;
    do {
      const page = await at()
        .open()
        .members?.(`project:${on}:${role}`, { limit: 1, ...(after ? { after } : {}) });
      if (!page || 'failure' in page) throw new Error('members cannot be listed');
      rows.push(...page.rows.map(({ id, hold }) => ({ id, hold })));
      expect(page.rows.length).toBeLessThanOrEqual(1);
      after = page.next;
    } while (after);
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(
      expect.arrayContaining([
        { id: ann, hold: 'direct' },
        { id: bob, hold: 'indirect' },
      ]),
    );
    const onSystem = await at().open().members?.(`system:all:${reader}`, { limit: 1000 });
    expect(onSystem).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ id: bob, hold: 'indirect' })]) as unknown,
    });
    const held = await at().open().heldBy?.(bob, { limit: 1000 });
    expect(held).toMatchObject({
      rows: expect.arrayContaining([
        expect.objectContaining({ hold: 'direct', entitlement: { id: `group:${groupId}`, name, label: 'Group' } }),
        expect.objectContaining({
          hold: 'indirect',
          through: [name],
          entitlement: expect.objectContaining({ id: `project:${on}:${role}` }) as unknown,
        }),
        expect.objectContaining({
          hold: 'indirect',
          through: ['member', name],
          entitlement: expect.objectContaining({ id: `system:all:${reader}` }) as unknown,
        }),
      ]) as unknown,
    });
    const inGroup = await at().open().members?.(`group:${groupId}`, { limit: 10 });
    expect(inGroup).toMatchObject({ rows: [{ id: bob, hold: 'direct' }] });
  });
}
