import { judge, type Expectation } from '../../src/domain/verification/judge';
import { behindFront } from './behind-front';
import { withInstalled } from './installed';
import { openTarget, realTarget } from './real-target';
import { Postgresql } from './servers/postgresql';

const host = 'database.acme.test';

withInstalled('PostgreSQL', Postgresql.missing(), () => {
  realTarget('PostgreSQL behind a SCIM front', async () => behindFront(await Postgresql.start(), host));

  describe('PostgreSQL behind a SCIM front that calls an outage a bad request', () => {
    let postgresql: Postgresql;
    let server: Awaited<ReturnType<typeof behindFront>>;
    beforeAll(async () => {
      postgresql = await Postgresql.start();
      server = await behindFront(postgresql, host, 400);
    });
    afterAll(() => server?.close());

    const read = async (changeKind: Expectation['changeKind'], accountId: string, groupId: string): Promise<string> => {
      const entitlement = { id: groupId, name: groupId };
      const expectation: Expectation = {
        changeKind,
        account: { id: accountId, login: 'ann' },
        entitlement,
        replaces: [],
      };
      return judge(expectation, await openTarget(server).observe(expectation)).verdict;
    };

    it('reads what the server itself says of a chain of roles', async () => {
      const ann = await postgresql.person('ann');
      const [outer, middle, inner] = [
        await postgresql.group('outer'),
        await postgresql.group('middle'),
        await postgresql.group('inner'),
      ];
      await postgresql.put(outer, middle);
      await postgresql.put(middle, inner);
      await postgresql.put(inner, ann);
      expect([await postgresql.hasRole(outer, ann), await read('revoke', ann, outer)]).toEqual([true, 'different']);
      await postgresql.take(middle, inner);
      expect([await postgresql.hasRole(outer, ann), await read('revoke', ann, outer)]).toEqual([false, 'confirmed']);
    });

    it('never takes that answer for proof that somebody is out', async () => {
      const ann = await postgresql.person('anna');
      const readers = await postgresql.group('readers');
      await postgresql.put(readers, ann);
      await postgresql.end();
      expect([await read('revoke', ann, readers), await read('grant', ann, readers)]).toEqual([
        'unreadable',
        'unreadable',
      ]);
      await postgresql.recover();
      expect(await read('grant', ann, readers)).toBe('confirmed');
    });
  });
});
