import { memoryStore } from '../../sandbox/store';
import { startGoogleWorkspace, tokenHost, type GoogleServer } from '../../sandbox/targets/google-workspace/server';
import { administrator, scopes, serviceAccount } from '../../sandbox/targets/google-workspace/service-account-tokens';
import { createTargets } from '../../src/adapters/targets/targets';
import type { Connector } from '../../src/domain/connector';
import { Front } from './front';
import { heard } from './heard';
import type { TargetHarness, TargetLie } from './target-contract';

const now = (): string => '2026-11-23T09:00:00.000Z';
const origin = 'https://admin.googleapis.com';
export const reading = `${scopes.people} ${scopes.groups}`;
export const auth = (scope: string): Connector['auth'] => ({
  kind: 'jwt-bearer',
  tokenUrl: `https://${tokenHost}/token`,
  issuer: serviceAccount,
  subject: administrator,
  scope,
});
const connector: Connector = {
  id: 'c1',
  name: 'Google',
  kind: 'google-workspace',
  baseUrl: origin,
  origin,
  auth: auth(reading),
  writeAuth: auth(`${reading} ${scopes.members}`),
  settings: { customer: 'my_customer' },
  directory: true,
  write: false,
  secret: { fingerprint: 'f', setAt: now(), origin },
  writeSecret: { fingerprint: 'w', setAt: now(), origin },
};

// Lies rewrite documents of many shapes.
/* eslint-disable @typescript-eslint/no-explicit-any */
const lies: Partial<Record<TargetLie, Front['lie']>> = {
  'filter-ignored': { ask: (path) => path.replace(/query=[^&]*&?/, '') },
  'members-hidden': {
    answer: (path) => {
      if (/\/members\/[^/]+$/.test(path)) return { status: 404, body: { error: { code: 404, message: 'no' } } };
      return /\/hasMember\//.test(path) ? { body: {} } : undefined;
    },
  },
  'other-row': {
    answer: (_path, body: any) => {
      const other = (row: any): any =>
        row.id === undefined
          ? row
          : { ...row, id: '999', ...(row.primaryEmail ? { primaryEmail: 'other@acme.test', externalIds: [] } : {}) };
      return { body: Array.isArray(body.users) ? { ...body, users: body.users.map(other) } : other(body) };
    },
  },
  twins: {
    answer: (_path, body: any) =>
      Array.isArray(body.users)
        ? { body: { ...body, users: body.users.flatMap((row: any) => [row, { ...row, id: `${row.id}0` }]) } }
        : undefined,
  },
  'accounts-denied': {
    answer: (path) =>
      /\/users\//.test(path) ? { status: 404, body: { error: { code: 404, message: 'no' } } } : undefined,
  },
};
/* eslint-enable @typescript-eslint/no-explicit-any */

export interface GoogleHarness extends TargetHarness {
  readonly server: GoogleServer;
  readonly front: Front;
}

/** The fake behind a hostile road. Faults lie on the road to the directory; tokens are always to be had. */
export async function googleHarness(): Promise<GoogleHarness> {
  const server = await startGoogleWorkspace({
    store: memoryStore(),
    clock: { now: () => Date.parse(now()) },
  });
  const front = await Front.before(server.host, server.baseUrl, { aliases: [tokenHost], spared: [tokenHost] });
  const targets = createTargets({
    now,
    nextId: () => 'id-1',
    secretOf: () => Promise.resolve(server.token),
    transport: front.transport,
  });
  const budget = { timeMs: 5_000, bytes: 512 * 1024, calls: 30 };
  const bare = (id: string): string => id.replace(/^group:/, '');
  let said = '';
  return {
    server,
    front,
    open: (changes = {}) =>
      heard(targets.open({ ...connector, ...changes.connector }, { ...budget, ...changes.budget }), (text) => {
        said += `${text}\n`;
      }),
    administrator: {
      person: (login, accountId) => {
        const externalIds =
          accountId === undefined ? [] : [{ value: accountId, type: 'custom', customType: 'atlassian' }];
        return Promise.resolve(server.addUser(login, { externalIds }).id);
      },
      switchOff: async (id) => {
        const user = server.directory.users.get(id);
        if (user) server.directory.users.put(id, { ...user, suspended: true });
      },
      remove: async (id) => server.directory.removeUser(id),
      group: (name) => Promise.resolve(`group:${server.addGroup(name).id}`),
      put: async (groupId, memberId) => server.put(bare(groupId), bare(memberId)),
      take: async (groupId, memberId) => server.take(bare(groupId), bare(memberId)),
      members: (groupId) => {
        const members = server.directory.groups.get(bare(groupId))?.members ?? [];
        return Promise.resolve(members.map(({ id }) => (server.directory.groups.get(id) ? `group:${id}` : id)));
      },
    },
    fault: (fault) => (front.fault = fault),
    lie: (lie) => (front.lie = lies[lie] ?? {}),
    restore: () => front.reset(),
    calls: () => front.asked,
    // A token; the membership, where there is none also membership through groups; the user.
    costs: { held: 3, gone: 4, signIn: 1 },
    said: () => said,
    secrets: [server.token.split('\n')[3] ?? ''],
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}
