import { startScimServer } from '../../sandbox/scim/server';
import { memoryStore } from '../../sandbox/store';
import type { Lie } from './front';
import type { TargetHarness, TargetLie } from './target-contract';

// Lies rewrite documents of many shapes.
/* eslint-disable @typescript-eslint/no-explicit-any */
const eachResource = (body: any, change: (row: any) => any): any =>
  Array.isArray(body.Resources) ? { ...body, Resources: body.Resources.map(change) } : change(body);

export const scimLies: Record<TargetLie, { ask?: (path: string) => string; answer?: Lie }> = {
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

/** A SCIM server on loopback, and how its administrator sees it. */
export interface ScimBackend {
  readonly origin: string;
  readonly path: string;
  readonly token: string;
  readonly administrator: TargetHarness['administrator'];
  readonly costs: TargetHarness['costs'];
  close(): Promise<void>;
}

/** The sandbox's own directory. */
export async function sandboxDirectory(now: () => string): Promise<ScimBackend> {
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
