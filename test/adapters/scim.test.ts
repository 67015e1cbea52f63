import { createTargets } from '../../src/adapters/targets/targets';
import type { Connector } from '../../src/domain/connector';
import type { Target } from '../../src/usecases/ports';
import { Front } from './front';
import { LimitedScim } from './limited-scim';
import { sandboxDirectory, scimLies, type ScimBackend } from './scim-backend';
import { targetContract, type TargetHarness } from './target-contract';

const now = (): string => '2026-11-23T09:00:00.000Z';
const budget = { timeMs: 5_000, bytes: 512 * 1024, calls: 30 };

async function behindFront(backend: ScimBackend): Promise<TargetHarness> {
  const host = 'scim.acme.test';
  const front = await Front.before(host, backend.origin);
  const connector: Connector = {
    id: 'c1',
    name: 'SCIM directory',
    kind: 'scim',
    baseUrl: `https://${host}${backend.path}`,
    origin: `https://${host}`,
    auth: { kind: 'bearer' },
    directory: true,
    write: false,
    secret: { fingerprint: 'f', setAt: now(), origin: `https://${host}` },
    writeSecret: { fingerprint: 'w', setAt: now(), origin: `https://${host}` },
  };
  const targets = createTargets({
    now,
    nextId: () => 'id-1',
    secretOf: () => Promise.resolve(backend.token),
    transport: front.transport,
  });
  let said = '';
  return {
    open: (options = {}) =>
      listening(targets.open({ ...connector, ...options.connector }, { ...budget, ...options.budget }), (text) => {
        said += `${text}\n`;
      }),
    administrator: backend.administrator,
    fault: (fault) => (front.fault = fault),
    lie: (lie) => (front.lie = scimLies[lie]),
    restore: () => front.reset(),
    calls: () => front.asked,
    costs: backend.costs,
    said: () => said,
    secrets: [backend.token, Buffer.from(backend.token).toString('base64')],
    close: async () => {
      await front.close();
      await backend.close();
    },
  };
}

/** The same target; every result is also written down. */
function listening(target: Target, hear: (text: string) => void): Target {
  return new Proxy(target, {
    get: (of, name: keyof Target) => async (argument: never) => {
      const result: unknown = await (of[name] as (argument: never) => Promise<unknown>).call(of, argument);
      hear(JSON.stringify(result));
      return result;
    },
  });
}

async function limitedDirectory(): Promise<ScimBackend> {
  const server = new LimitedScim();
  const origin = await server.start();
  const groupOf = (id: string) => server.groups.get(id) ?? { id, displayName: '', members: [] };
  let serial = 0;
  return {
    origin,
    path: '/limited/scim',
    token: server.token,
    administrator: {
      person: (userName, externalId) => {
        const id = `user-${(serial += 1)}`;
        server.people.set(id, { id, userName, active: true, ...(externalId === undefined ? {} : { externalId }) });
        return Promise.resolve(id);
      },
      switchOff: async (id) => void Object.assign(server.people.get(id) ?? {}, { active: false }),
      remove: async (id) => void server.people.delete(id),
      group: (displayName) => {
        const id = `group-${(serial += 1)}`;
        server.groups.set(id, { id, displayName, members: [] });
        return Promise.resolve(id);
      },
      put: async (id, value) => void groupOf(id).members.push(value),
      take: async (id, value) => {
        groupOf(id).members = groupOf(id).members.filter((member) => member !== value);
      },
      members: async (id) => groupOf(id).members,
    },
    // The filtered list is refused first; members without a type make the connector read which groups there are.
    costs: { held: 3, gone: 3 },
    close: () => server.stop(),
  };
}

targetContract('the SCIM directory of the sandbox', async () => behindFront(await sandboxDirectory(now)));
targetContract('a server that knows little of SCIM', async () => behindFront(await limitedDirectory()));
