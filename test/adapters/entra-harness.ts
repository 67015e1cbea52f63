import { memoryStore } from '../../sandbox/store';
import { tenantId } from '../../sandbox/targets/entra/app-tokens';
import {
  entraReader,
  entraWriter,
  loginHost,
  startEntra,
  type EntraOptions,
  type EntraServer,
} from '../../sandbox/targets/entra/server';
import { createTargets } from '../../src/adapters/targets/targets';
import type { Connector } from '../../src/domain/connector';
import { Front, type Asked, type Lie } from './front';
import { heard } from './heard';
import type { TargetHarness, TargetLie } from './target-contract';

export const now = (): string => '2026-11-23T09:00:00.000Z';

const origin = 'https://graph.microsoft.com';
const tokenUrl = `https://${loginHost}/${tenantId}/oauth2/v2.0/token`;
const scope = `${origin}/.default`;

export const entraConnector: Connector = {
  id: 'c1',
  name: 'Entra',
  kind: 'entra',
  baseUrl: `${origin}/v1.0`,
  origin,
  auth: { kind: 'oauth2', tokenUrl, clientId: entraReader.clientId, scope },
  writeAuth: { kind: 'oauth2', tokenUrl, clientId: entraWriter.clientId, scope },
  directory: true,
  write: false,
  secret: { fingerprint: 'f', setAt: now(), origin },
  writeSecret: { fingerprint: 'w', setAt: now(), origin },
};

/** Whether a call of this kind changes nothing: GET, tokens, and batches of readings. */
export function readsOnly({ method, host, path, body }: Asked): boolean {
  if (method === 'GET' || (method === 'POST' && host === loginHost)) return true;
  if (method !== 'POST' || path !== '/v1.0/$batch') return false;
  const { requests } = JSON.parse(body) as { requests: Array<{ method: string; url: string }> };
  return requests.every((part) => part.method === 'GET' || part.url.endsWith('/checkMemberGroups'));
}

// Lies rewrite documents of many shapes.
/* eslint-disable @typescript-eslint/no-explicit-any */
type Change = (url: string, body: any) => { status?: number; body?: unknown } | undefined;

/** The same lie about single answers and about the parts of a batch. */
const everywhere = (change: Change): Lie => {
  return (path, body, asked) => {
    if (path !== '/v1.0/$batch') return change(path, body);
    const urls = new Map(JSON.parse(asked.body).requests.map((part: any) => [part.id, part.url]));
    const responses = body.responses.map((part: any) => {
      const changed = change(`/v1.0${String(urls.get(part.id))}`, part.body);
      return changed ? { ...part, status: changed.status ?? part.status, body: changed.body } : part;
    });
    return { body: { ...body, responses } };
  };
};

const eachObject = (body: any, change: (row: any) => any): any =>
  Array.isArray(body?.value) ? { ...body, value: body.value.map(change) } : change(body);

const lies: Record<TargetLie, Front['lie']> = {
  'filter-ignored': {
    ask: (path) => path.replace(/\$filter=[^&]*&?/, ''),
    askBody: (body) => body.replace(/\$filter=[^&"]*&?/g, ''),
  },
  'short-page': {
    answer: everywhere((_url, body) =>
      Array.isArray(body?.value) ? { body: { ...body, value: body.value.slice(0, -1) } } : undefined,
    ),
  },
  'members-hidden': {
    answer: everywhere((url, body) => {
      if (/\/(members|transitiveMembers|memberOf|transitiveMemberOf|checkMemberGroups)\b/.test(url))
        return { body: { ...body, value: [] } };
      return /\/groups\/[^/]+$/.test(url.split('?')[0] ?? '')
        ? { body: { ...body, visibility: 'HiddenMembership' } }
        : undefined;
    }),
  },
  'other-case': {
    answer: everywhere((url, body) =>
      /\/(memberOf|members|transitiveMembers|checkMemberGroups)\b/.test(url)
        ? {
            body: eachObject(body, (row) =>
              typeof row === 'string' ? row.toUpperCase() : { ...row, id: row.id.toUpperCase() },
            ),
          }
        : undefined,
    ),
  },
  'other-row': {
    answer: everywhere((_url, body) => ({
      body: eachObject(body, (row) =>
        typeof row === 'object' && row?.id !== undefined
          ? {
              ...row,
              id: '00000000-0000-4000-8000-00000000beef',
              ...(row.userPrincipalName
                ? {
                    userPrincipalName: 'other@acme.test',
                    onPremisesExtensionAttributes: { extensionAttribute15: 'other' },
                  }
                : {}),
            }
          : row,
      ),
    })),
  },
  twins: {
    answer: (_path, body) => {
      if (!Array.isArray(body?.value)) return undefined;
      const twin = '00000000-0000-4000-8000-00000000beef';
      return {
        body: {
          ...body,
          '@odata.count': body['@odata.count'] * 2,
          value: body.value.flatMap((row: any) => [row, { ...row, id: twin }]),
        },
      };
    },
  },
  'accounts-denied': {
    answer: everywhere((url) =>
      /\/users\//.test(url)
        ? { status: 404, body: { error: { code: 'Request_ResourceNotFound', message: 'no' } } }
        : undefined,
    ),
  },
};
/* eslint-enable @typescript-eslint/no-explicit-any */

export interface EntraHarness extends TargetHarness {
  readonly server: EntraServer;
  readonly front: Front;
}

/** The fake behind a hostile road. Faults lie on the road to Graph; tokens are always to be had. */
export async function entraHarness(options: Partial<EntraOptions> = {}): Promise<EntraHarness> {
  const server = await startEntra({ store: memoryStore(), clock: { now: () => Date.parse(now()) }, ...options });
  const front = await Front.before(server.host, new URL(server.baseUrl).origin, {
    aliases: [loginHost],
    spared: [loginHost],
  });
  const targets = createTargets({
    now,
    nextId: () => 'id-1',
    secretOf: (_connector, purpose) => Promise.resolve(purpose === 'write' ? entraWriter.secret : entraReader.secret),
    transport: front.transport,
  });
  const budget = { timeMs: 5_000, bytes: 512 * 1024, calls: 30 };
  let said = '';
  const bare = (id: string): string => id.replace(/^group:/, '');
  return {
    server,
    front,
    open: (changes = {}) =>
      heard(targets.open({ ...entraConnector, ...changes.connector }, { ...budget, ...changes.budget }), (text) => {
        said += `${text}\n`;
      }),
    administrator: {
      person: (login, accountId) => {
        const attributes = accountId === undefined ? {} : { extensionAttribute15: accountId };
        return Promise.resolve(server.addUser(login, { onPremisesExtensionAttributes: attributes }).id);
      },
      switchOff: async (id) => {
        const user = server.directory.users.get(id);
        if (user) server.directory.users.put(id, { ...user, accountEnabled: false });
      },
      remove: async (id) => server.directory.removeUser(id),
      group: (name) => Promise.resolve(`group:${server.addGroup(name).id}`),
      put: async (groupId, memberId) => server.put(bare(groupId), bare(memberId)),
      take: async (groupId, memberId) => server.take(bare(groupId), bare(memberId)),
      members: (groupId) => {
        const ids = server.directory.groups.get(bare(groupId))?.members ?? [];
        return Promise.resolve(ids.map((id) => (server.directory.groups.get(id) ? `group:${id}` : id)));
      },
    },
    fault: (fault) => (front.fault = fault),
    lie: (lie) => (front.lie = lies[lie]),
    restore: () => front.reset(),
    calls: () => front.asked,
    // A token, and one batch with everything in it.
    costs: { held: 2, gone: 2, signIn: 1 },
    said: () => said,
    secrets: [entraReader.secret, entraWriter.secret],
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}
