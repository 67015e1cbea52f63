import { startScimServer } from '../sandbox/scim/server';
import { memoryStore } from '../sandbox/store';
import { createTargets } from '../src/adapters/targets/targets';
import type { Target } from '../src/usecases/ports';
import { awsHarness } from '../test/adapters/aws-identity-center-harness';
import { entraHarness } from '../test/adapters/entra-harness';
import { Front } from '../test/adapters/front';
import { googleHarness } from '../test/adapters/google-workspace-harness';
import { now, oktaBench } from '../test/adapters/okta-bench';
import type { TargetHarness } from '../test/adapters/target-contract';

/** A target that can be filled and read. */
export interface Measured {
  open(): Target;
  person(login: string): Promise<string>;
  group(name: string): Promise<string>;
  put(groupId: string, personId: string): Promise<void>;
  take(groupId: string, personId: string): Promise<void>;
  close(): Promise<void>;
}

export async function entra(): Promise<Measured> {
  return ofHarness(await entraHarness());
}

export async function google(): Promise<Measured> {
  return ofHarness(await googleHarness());
}

export async function aws(): Promise<Measured> {
  return ofHarness(await awsHarness());
}

function ofHarness({ open, administrator, close }: TargetHarness): Measured {
  const { person, ...others } = administrator;
  return { ...others, open, person: (login) => person(login), close };
}

export async function okta(): Promise<Measured> {
  const bench = await oktaBench(200);
  const { organisation } = bench.server;
  const bare = (id: string): string => id.replace('group:', '');
  return {
    open: () => bench.open(),
    person: (login) => Promise.resolve(organisation.createUser({ login, firstName: 'P', lastName: login }).id),
    group: (name) => Promise.resolve(`group:${organisation.createGroup(name).id}`),
    put: async (groupId, id) => organisation.join(bare(groupId), id),
    take: async (groupId, id) => organisation.leave(bare(groupId), id),
    close: () => bench.close(),
  };
}

export async function scim(): Promise<Measured> {
  const server = await startScimServer({ store: memoryStore(), clock: { now: () => Date.parse(now()) } });
  const { origin, pathname } = new URL(server.baseUrl);
  const front = await Front.before('scim.acme.test', origin);
  const own = 'https://scim.acme.test';
  const targets = createTargets({
    now,
    nextId: () => 'id-1',
    secretOf: () => Promise.resolve(server.token),
    transport: front.transport,
  });
  const call = async (method: string, path: string, body: object): Promise<{ id: string }> => {
    const answer = await fetch(`${server.baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return JSON.parse((await answer.text()) || '{}') as { id: string };
  };
  const core = 'urn:ietf:params:scim:schemas:core:2.0';
  const patch = async (groupId: string, operation: object): Promise<void> => {
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
    await call('PATCH', `/Groups/${groupId}`, { schemas, Operations: [operation] });
  };
  return {
    open: () =>
      targets.open(
        {
          id: 'c1',
          name: 'SCIM directory',
          kind: 'scim',
          baseUrl: `${own}${pathname}`,
          origin: own,
          auth: { kind: 'bearer' },
          directory: true,
          write: false,
          secret: { fingerprint: 'f', setAt: now(), origin: own },
        },
        { timeMs: 5_000, bytes: 2 * 1024 * 1024, calls: 12 },
      ),
    person: async (userName) => (await call('POST', '/Users', { schemas: [`${core}:User`], userName })).id,
    group: async (displayName) => (await call('POST', '/Groups', { schemas: [`${core}:Group`], displayName })).id,
    put: (groupId, value) => patch(groupId, { op: 'add', path: 'members', value: [{ value }] }),
    take: (groupId, value) => patch(groupId, { op: 'remove', path: `members[value eq "${value}"]` }),
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}
