import { randomUUID } from 'node:crypto';
import type { Transport } from '../../src/adapters/targets/http/transport';
import { createTargets } from '../../src/adapters/targets/targets';
import type { Connector, SecretPurpose } from '../../src/domain/connector';
import { connectorKinds } from '../../src/domain/connector-kinds';
import { judge, type Expectation } from '../../src/domain/verification/judge';
import type { Page, Target } from '../../src/usecases/ports';
import { Road } from './road';
import { pause } from './server-process';

/** A real server, as its administrator and its operator see it. Ids are the connector's: of accounts and of entitlements. */
export interface RealServer {
  readonly connector: Connector;
  readonly secrets: Readonly<Record<SecretPurpose, string>>;
  /** Origins on loopback by the public host names that the connector uses. */
  readonly routes: Readonly<Record<string, string>>;
  readonly administrator: Administrator;
  /** What the server's own manner makes of the live test: steps that have to fail there. Absent: all are fine. */
  readonly failingSteps?: readonly string[];
  /** Nobody answers any more, though connections are taken; then the server ends in the middle of it; then it is there again. */
  readonly outage: { freeze(): void; end(): Promise<void>; recover(): Promise<void> };
  close(): Promise<void>;
}

export interface Nesting {
  /** Makes something that can stand inside. Absent: any entitlement can. */
  inner?(name: string): Promise<string>;
  nest(outerId: string, innerId: string): Promise<void>;
  unnest(outerId: string, innerId: string): Promise<void>;
}

export interface Administrator {
  person(login: string): Promise<string>;
  entitlement(name: string): Promise<string>;
  put(entitlementId: string, accountId: string): Promise<void>;
  take(entitlementId: string, accountId: string): Promise<void>;
  /** Whether the account has it directly, as the server's own tools say. */
  holds(entitlementId: string, accountId: string): Promise<boolean>;
  /** Absent where the server knows no path but the direct one: whoever has `innerId` has `outerId` too. */
  readonly nesting?: Nesting | undefined;
}

const budget = { timeMs: 15_000, bytes: 512 * 1024, calls: 60 };

/** The target as the product opens it, over a road that leads to the server. */
export function openTarget(
  server: Pick<RealServer, 'connector' | 'secrets' | 'routes'>,
  transport: Transport = new Road(server.routes).transport,
  nextId: () => string = randomUUID,
): Target {
  return createTargets({
    now: () => new Date().toISOString(),
    nextId,
    secretOf: (_connector, purpose) => Promise.resolve(server.secrets[purpose]),
    transport,
  }).open(server.connector, budget);
}

/** What the connector of every real server shows: granting, verifying, removing, verifying that, and its outage. */
export function realTarget(name: string, start: () => Promise<RealServer>): void {
  describe(`${name}, a real server`, () => {
    let server: RealServer;
    let road: Road;
    let admin: Administrator;
    const said: string[] = [];
    let serial = 0;

    beforeAll(async () => {
      server = await start();
      road = new Road(server.routes);
      admin = server.administrator;
    });
    afterAll(async () => {
      await server?.close();
      for (const secret of Object.values(server?.secrets ?? {})) expect(said.join('\n')).not.toContain(secret);
    });

    const open = (changes: Partial<Connector> = {}, secrets = server.secrets): Target =>
      openTarget(
        { ...server, secrets, connector: { ...server.connector, ...changes } },
        road.transport,
        () => `${name}-${(serial += 1)}`,
      );
    const somebody = async (): Promise<{ id: string; login: string }> => {
      const login = `person${(serial += 1)}@acme.test`;
      return { id: await admin.person(login), login };
    };
    const something = (title: string): Promise<string> => admin.entitlement(`${title} ${(serial += 1)}`);
    const wanted = (
      changeKind: Expectation['changeKind'],
      account: { id: string; login: string },
      entitlementId: string,
      ...replaced: string[]
    ): Expectation => ({
      changeKind,
      account,
      entitlement: { id: entitlementId, name: entitlementId },
      replaces: replaced.map((id) => ({ entitlementId: id, name: id })),
    });
    const hear = <T>(result: T): T => {
      said.push(JSON.stringify(result));
      return result;
    };
    const verdict = async (expectation: Expectation, target = open()): Promise<string> => {
      const { verdict: what, reason } = judge(expectation, hear(await target.observe(expectation)));
      return `${what}: ${reason}`;
    };

    it('passes the live test, or fails it exactly where the server deserves it', async () => {
      await admin.put(await something('First'), (await somebody()).id);
      const steps = hear(await open().probe());
      expect(steps.filter(({ ok }) => !ok).map(({ step, text }) => ({ step, text }))).toEqual(
        (server.failingSteps ?? []).map((step) => ({ step, text: expect.any(String) as string })),
      );
      expect(steps.map(({ step }) => step)).toEqual(
        expect.arrayContaining(['reach', 'sign-in', 'wrong-secret-refused', 'write-sign-in']),
      );
    });

    it('finds a person by login and by stable id, and nobody by a made-up one', async () => {
      const ann = await somebody();
      expect(hear(await open().identityByLogin(ann.login))).toMatchObject({
        found: 'one',
        value: { id: ann.id, login: ann.login, active: true },
      });
      expect(hear(await open().identityById(ann.id))).toMatchObject({ found: 'one', value: { id: ann.id } });
      expect(await open().identityByLogin('nobody-at-all@acme.test')).toEqual({ found: 'none' });
    });

    it('sees what its administrator grants and takes away', async () => {
      const [ann, bob] = [await somebody(), await somebody()];
      const [readers, writers] = [await something('Readers'), await something('Writers')];
      await admin.put(readers, bob.id);
      expect(await verdict(wanted('grant', ann, readers))).toBe('absent: not-held');
      await admin.put(readers, ann.id);
      expect(await verdict(wanted('grant', ann, readers))).toBe('confirmed: held');
      expect(await verdict(wanted('revoke', ann, readers))).toBe('different: still-held');
      await admin.put(writers, ann.id);
      expect(await verdict(wanted('modify', ann, writers, readers))).toBe('different: previous-level-remains');
      await admin.take(readers, ann.id);
      expect(await verdict(wanted('modify', ann, writers, readers))).toBe('confirmed: held');
      expect(await verdict(wanted('revoke', ann, readers))).toBe('confirmed: gone');
      expect(await verdict(wanted('grant', bob, readers))).toBe('confirmed: held');
    });

    it('grants, changes and takes away by itself, reads it back, and leaves everybody else alone', async () => {
      const [ann, bob] = [await somebody(), await somebody()];
      const [readers, writers] = [await something('Readers'), await something('Writers')];
      await admin.put(readers, bob.id);
      const apply = async (expectation: Expectation) => hear(await open().apply(expectation));
      expect(await apply(wanted('grant', ann, readers))).toEqual({ result: 'applied' });
      expect(await admin.holds(readers, ann.id)).toBe(true);
      expect(await verdict(wanted('grant', ann, readers))).toBe('confirmed: held');
      expect(await apply(wanted('grant', ann, readers))).toEqual({ result: 'already' });
      expect(await apply(wanted('modify', ann, writers, readers))).toEqual({ result: 'applied' });
      expect([await admin.holds(readers, ann.id), await admin.holds(writers, ann.id)]).toEqual([false, true]);
      expect(await apply(wanted('revoke', ann, writers))).toEqual({ result: 'applied' });
      expect(await admin.holds(writers, ann.id)).toBe(false);
      expect(await verdict(wanted('revoke', ann, writers))).toBe('confirmed: gone');
      expect(await apply(wanted('revoke', ann, writers))).toEqual({ result: 'already' });
      expect(await admin.holds(readers, bob.id)).toBe(true);
    });

    it('writes only where writing is on, and not with the secret that reads', async () => {
      const ann = await somebody();
      const readers = await something('Readers');
      expect(await open({ write: false }).apply(wanted('grant', ann, readers))).toEqual({
        result: 'refused',
        failure: 'forbidden',
      });
      const swapped = open(
        { writeAuth: server.connector.auth },
        { read: server.secrets.read, write: server.secrets.read },
      );
      expect((await swapped.apply(wanted('grant', ann, readers))).result).toBe('refused');
      expect(await admin.holds(readers, ann.id)).toBe(false);
    });

    it('does not take access for gone that comes through another path', async () => {
      if (!admin.nesting) return;
      const ann = await somebody();
      const outer = await something('Outer');
      const inner = await (admin.nesting.inner?.(`Inner ${(serial += 1)}`) ?? something('Inner'));
      await admin.put(inner, ann.id);
      await admin.nesting.nest(outer, inner);
      expect(await admin.holds(outer, ann.id)).toBe(false);
      expect(await verdict(wanted('revoke', ann, outer))).toBe('different: held-through-another-path');
      expect(await verdict(wanted('grant', ann, outer))).toBe('different: held-through-another-path');
      expect(await open().apply(wanted('revoke', ann, outer))).toMatchObject({ result: 'refused' });
      await admin.put(outer, ann.id);
      expect(await verdict(wanted('revoke', ann, outer))).toBe('different: still-held');
      await admin.take(outer, ann.id);
      expect(await verdict(wanted('revoke', ann, outer))).toBe('different: held-through-another-path');
      await admin.nesting.unnest(outer, inner);
      expect(await verdict(wanted('revoke', ann, outer))).toBe('confirmed: gone');
      expect(await verdict(wanted('grant', ann, inner))).toBe('confirmed: held');
    });

    it('lists what it is said to list, page after page', async () => {
      const people = [await somebody(), await somebody(), await somebody()];
      const readers = await something('Readers');
      for (const { id } of people) await admin.put(readers, id);
      const can = connectorKinds[server.connector.kind].capabilities;
      const target = open();
      expect([target.members !== undefined, target.heldBy !== undefined]).toEqual([can.members, can.heldBy]);
      const [ann] = people;
      if (target.members) {
        const holders = await allPages((after) => open().members!(readers, { limit: 2, ...after }), hear);
        expect(holders.map(({ id }) => id).sort()).toEqual(people.map(({ id }) => id).sort());
        expect(holders.every(({ hold }) => hold === 'direct')).toBe(true);
      }
      if (target.heldBy && ann) {
        const held = await allPages((after) => open().heldBy!(ann.id, { limit: 2, ...after }), hear);
        expect(held.filter(({ hold }) => hold === 'direct').map(({ entitlement }) => entitlement.id)).toContain(
          readers,
        );
      }
    });

    it('that ends in the middle of a request is unreadable and nothing else, and tells the truth again afterwards', async () => {
      const [ann, bob] = [await somebody(), await somebody()];
      const [readers, writers] = [await something('Readers'), await something('Writers')];
      await admin.put(readers, ann.id);
      const expectations = [
        wanted('grant', ann, readers),
        wanted('revoke', ann, readers),
        wanted('revoke', bob, readers),
        wanted('modify', ann, readers, writers),
      ];
      server.outage.freeze();
      const before = road.travelled.length;
      const seen = Promise.all(expectations.map((expectation) => verdict(expectation)));
      const changed = open().apply(wanted('revoke', ann, readers));
      while (road.travelled.length < before + expectations.length + 1) await pause(20);
      await pause(300);
      expect(road.waiting).toBe(true);
      await server.outage.end();
      for (const what of await seen) expect(what).toMatch(/^unreadable: (unreachable|server-error)$/);
      expect(await changed).toMatchObject({ result: 'failed' });
      // And while it is away.
      for (const expectation of expectations)
        expect(await verdict(expectation)).toMatch(/^unreadable: (unreachable|server-error)$/);
      expect(hear(await open().identityByLogin(ann.login))).toMatchObject({ found: 'unreadable' });
      expect(hear(await open().entitlements(5))).toMatchObject({ failure: expect.any(String) as string });
      expect(hear(await open().probe()).every(({ ok, step }) => !ok || step === 'reach')).toBe(true);

      await server.outage.recover();
      expect(await verdict(wanted('grant', ann, readers))).toBe('confirmed: held');
      expect(await verdict(wanted('revoke', bob, readers))).toBe('confirmed: gone');
    });
  });
}

async function allPages<T>(
  page: (after: { after?: string }) => Promise<Page<T>>,
  hear: (page: Page<T>) => Page<T>,
): Promise<readonly T[]> {
  const rows: T[] = [];
  let after: string | undefined;
  do {
    const answer = hear(await page(after === undefined ? {} : { after }));
    if (!('rows' in answer)) throw new Error(`the list failed: ${answer.failure}`);
    rows.push(...answer.rows);
    after = answer.next;
  } while (after !== undefined);
  return rows;
}
