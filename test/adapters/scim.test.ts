import { startScimServer } from '../../sandbox/scim/server';
import { memoryStore } from '../../sandbox/store';
import { createTargets } from '../../src/adapters/targets/targets';
import type { Connector } from '../../src/domain/connector';
import type { Target } from '../../src/usecases/ports';
import { Front, type Lie } from './front';
import { LimitedScim } from './limited-scim';
import { targetContract, type TargetHarness, type TargetLie } from './target-contract';

const now = (): string => '2026-11-23T09:00:00.000Z';
const budget = { timeMs: 5_000, bytes: 512 * 1024, calls: 30 };

// Lies rewrite documents of many shapes.
/* eslint-disable @typescript-eslint/no-explicit-any */
const eachResource = (body: any, change: (row: any) => any): any =>
  Array.isArray(body.Resources) ? { ...body, Resources: body.Resources.map(change) } : change(body);

const lies: Record<TargetLie, { ask?: (path: string) => string; answer?: Lie }> = {
  'filter-ignored': { ask: (path) => path.replace(/filter=[^&]*&?/, '') },
  'short-page': {
    answer: (_path, body) =>
      body.Resources ? { body: { ...body, Resources: body.Resources.slice(0, -1) } } : undefined,
  },
  'members-hidden': {
    answer: (path, body) =>
      path.includes('/Schemas')
        ? { status: 404, body: {} }
        : { body: eachResource(body, ({ members: _members, groups: _groups, ...row }) => row) },
  },
  'other-case': {
    answer: (_path, body) => ({
      body: eachResource(body, ({ groups: _groups, ...row }) => ({
        ...row,
        ...(row.members ? { members: row.members.map((m: any) => ({ ...m, value: m.value.toUpperCase() })) } : {}),
      })),
    }),
  },
  'other-row': {
    answer: (_path, body) => ({
      body: eachResource(body, (row) => ({
        ...row,
        id: `${row.id}-other`,
        ...(row.userName ? { userName: 'other@acme.test', externalId: 'other' } : {}),
      })),
    }),
  },
  twins: {
    answer: (_path, body) => {
      if (!body.Resources) return undefined;
      const Resources = body.Resources.flatMap((row: any) => [row, { ...row, id: `${row.id}-twin` }]);
      return { body: { ...body, totalResults: body.totalResults * 2, Resources } };
    },
  },
  'accounts-denied': {
    answer: (path) => (/\/Users\//.test(path) ? { status: 404, body: { detail: 'not found' } } : undefined),
  },
};
/* eslint-enable @typescript-eslint/no-explicit-any */

interface Backend {
  readonly origin: string;
  readonly path: string;
  readonly token: string;
  readonly administrator: TargetHarness['administrator'];
  readonly costs: TargetHarness['costs'];
  close(): Promise<void>;
}

async function behindFront(backend: Backend): Promise<TargetHarness> {
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
    lie: (lie) => (front.lie = lies[lie]),
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

async function sandboxDirectory(): Promise<Backend> {
  const server = await startScimServer({ store: memoryStore(), clock: { now: () => Date.parse(now()) } });
  const call = async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ id: string; members?: Array<{ value: string }> }> => {
    const answer = await fetch(`${server.baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    const text = await answer.text();
    return (text === '' ? {} : JSON.parse(text)) as { id: string };
  };
  const patch = (path: string, operation: object) =>
    call('PATCH', path, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [operation] });
  const { origin, pathname } = new URL(server.baseUrl);
  return {
    origin,
    path: pathname,
    token: server.token,
    administrator: {
      person: async (userName, externalId) =>
        (
          await call('POST', '/Users', {
            schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
            userName,
            externalId,
          })
        ).id,
      switchOff: async (id) => void (await patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false })),
      remove: async (id) => void (await call('DELETE', `/Users/${id}`)),
      group: async (displayName) =>
        (await call('POST', '/Groups', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName })).id,
      put: async (id, value) => void (await patch(`/Groups/${id}`, { op: 'add', path: 'members', value: [{ value }] })),
      take: async (id, value) =>
        void (await patch(`/Groups/${id}`, { op: 'remove', path: `members[value eq "${value}"]` })),
      members: async (id) => ((await call('GET', `/Groups/${id}`)).members ?? []).map(({ value }) => value),
    },
    costs: { held: 2, gone: 2 },
    close: () => server.close(),
  };
}

async function limitedDirectory(): Promise<Backend> {
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

targetContract('the SCIM directory of the sandbox', async () => behindFront(await sandboxDirectory()));
targetContract('a server that knows little of SCIM', async () => behindFront(await limitedDirectory()));
