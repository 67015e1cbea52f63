import { memoryStore } from '../../sandbox/store';
import { REALM, type Realm } from '../../sandbox/targets/keycloak/realm';
import { READER, WRITER } from '../../sandbox/targets/keycloak/seed-realm';
import { KEYCLOAK_HOST, startKeycloak, type KeycloakServer } from '../../sandbox/targets/keycloak/server';
import { TOKEN_PATH } from '../../sandbox/targets/keycloak/tokens';
import type { Transport } from '../../src/adapters/targets/http/transport';
import type { Connector } from '../../src/domain/connector';
import type { Front } from './front';
import { harnessOver, now, type Backend, type HarnessOver } from './harness-over';
import type { TargetLie } from './target-contract';

export const origin = `https://${KEYCLOAK_HOST}`;
export const tokenUrl = `${origin}${TOKEN_PATH}`;
export const signingInAs = (clientId: string): Connector['auth'] => ({ kind: 'oauth2', tokenUrl, clientId });

const connector: Backend['connector'] = {
  kind: 'keycloak',
  baseUrl: origin,
  origin,
  auth: signingInAs(READER.clientId),
  writeAuth: signingInAs(WRITER.clientId),
  settings: { realm: REALM },
};

// Lies rewrite documents of many shapes.
/* eslint-disable @typescript-eslint/no-explicit-any */
const eachRow = (body: any, change: (row: any) => any): any =>
  Array.isArray(body) ? body.map(change) : body.id ? change(body) : body;
const isMembership = (path: string): boolean => /\/users\/[^/]+\/groups\?|\/members\?/.test(path);

const lies: Record<TargetLie, Front['lie']> = {
  'filter-ignored': { ask: (path) => path.replace(/(username|exact|q)=[^&]*&?/g, '') },
  // The count still says how many there are.
  'short-page': { answer: (path, body) => (isMembership(path) ? { body: body.slice(0, -1) } : undefined) },
  'members-hidden': { answer: (path) => (isMembership(path) ? { body: [] } : undefined) },
  'other-case': {
    answer: (path, body) =>
      isMembership(path) ? { body: eachRow(body, (row) => ({ ...row, id: row.id.toUpperCase() })) } : undefined,
  },
  'other-row': {
    answer: (_path, body) => ({
      body: eachRow(body, (row) => ({
        ...row,
        id: `${row.id}-other`,
        ...(row.username ? { username: 'other@acme.test', attributes: {} } : {}),
      })),
    }),
  },
  twins: {
    answer: (_path, body) =>
      Array.isArray(body) ? { body: body.flatMap((row) => [row, { ...row, id: `${row.id}-twin` }]) } : undefined,
  },
  'accounts-denied': {
    answer: (path) => (/\/acme\/users\//.test(path) ? { status: 404, body: { error: 'User not found' } } : undefined),
  },
};
/* eslint-enable @typescript-eslint/no-explicit-any */

export interface KeycloakHarness extends HarnessOver {
  readonly realm: Realm;
  readonly server: KeycloakServer;
}

/** The realm of the sandbox behind the hostile road; `road` may stand in the way of every call, to listen. */
export async function keycloakHarness(
  options: { older?: boolean; road?: (transport: Transport) => Transport } = {},
): Promise<KeycloakHarness> {
  const server = await startKeycloak({
    store: memoryStore(),
    clock: { now: () => Date.parse(now()) },
    older: options.older ?? false,
  });
  const { realm } = server;
  const bare = (id: string): string => id.replace(/^group:/, '');
  const harness = await harnessOver({
    origin: server.baseUrl,
    connector,
    secrets: { read: READER.secret, write: WRITER.secret },
    administrator: {
      person: (login, accountId) => {
        const attributes: Record<string, string[]> = accountId === undefined ? {} : { atlassianAccountId: [accountId] };
        return Promise.resolve(realm.addUser(login, { attributes }).id);
      },
      switchOff: async (id) => realm.change(realm.users, id, { enabled: false }),
      remove: async (id) => void realm.users.remove(id),
      group: (name) => Promise.resolve(`group:${realm.addGroup(name).id}`),
      put: async (groupId, memberId) => {
        const [outer, inner] = [bare(groupId), bare(memberId)];
        if (realm.users.get(inner)) realm.join(inner, outer);
        // A group has one place: Keycloak moves it there, and never into itself.
        else if (!realm.upwards(outer).some(({ id }) => id === inner))
          realm.change(realm.groups, inner, { parentId: outer });
      },
      take: async (groupId, memberId) => realm.leave(memberId, bare(groupId)),
      members: (groupId) => {
        const id = bare(groupId);
        const users = realm.all(realm.users).filter(({ groups }) => groups.includes(id));
        const groups = realm.all(realm.groups).filter(({ parentId }) => parentId === id);
        return Promise.resolve([...users.map((user) => user.id), ...groups.map((group) => `group:${group.id}`)]);
      },
    },
    // The token; the groups of the user and the user, or the groups, how many they are, and the group itself.
    costs: { held: 3, gone: 4, signIn: 1 },
    lies,
    road: { sparedPath: /^\/realms\// },
    ...(options.road ? { through: options.road } : {}),
    close: () => server.close(),
  });
  return { ...harness, realm, server };
}
