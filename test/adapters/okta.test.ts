import { ADMIN_TOKEN, READER_TOKEN } from '../../sandbox/targets/okta/credentials';
import type { Lie } from './front';
import { oktaBench } from './okta-bench';
import { targetContract, type TargetHarness, type TargetLie } from './target-contract';

// Lies rewrite documents of many shapes.
/* eslint-disable @typescript-eslint/no-explicit-any */
const eachRow = (body: any, change: (row: any) => any): any => (Array.isArray(body) ? body.map(change) : change(body));

const lies: Partial<Record<TargetLie, { ask?: (path: string) => string; answer?: Lie }>> = {
  'filter-ignored': { ask: (path) => path.replace(/(filter|search)=[^&]*&?/, '') },
  'members-hidden': {
    answer: (path) => (/\/(groups|users)\/[^/]+\/(groups|users)/.test(path) ? { body: [] } : undefined),
  },
  'other-case': {
    answer: (path, body) =>
      /\/(groups|users)\/[^/]+\/(groups|users)/.test(path)
        ? { body: eachRow(body, (row) => ({ ...row, id: row.id.toUpperCase() })) }
        : undefined,
  },
  'other-row': {
    answer: (_path, body) => ({
      body: eachRow(body, (row) => ({
        ...row,
        id: `${row.id}-other`,
        ...(row.profile?.login ? { profile: { login: 'other@acme.test' } } : {}),
      })),
    }),
  },
  twins: {
    answer: (_path, body) =>
      Array.isArray(body) ? { body: body.flatMap((row) => [row, { ...row, id: `${row.id}-twin` }]) } : undefined,
  },
  'accounts-denied': {
    answer: (path) => (/\/v1\/users\//.test(path) ? { status: 404, body: { errorCode: 'E0000007' } } : undefined),
  },
};
/* eslint-enable @typescript-eslint/no-explicit-any */

async function groups(): Promise<TargetHarness> {
  const bench = await oktaBench();
  const { organisation } = bench.server;
  const bare = (entitlementId: string): string => entitlementId.replace('group:', '');
  return {
    open: (options) => bench.open(options),
    administrator: {
      person: (login, accountId) => {
        const profile = {
          login,
          firstName: 'P',
          lastName: login,
          ...(accountId ? { atlassianAccountId: accountId } : {}),
        };
        return Promise.resolve(organisation.createUser(profile).id);
      },
      switchOff: async (id) => organisation.setStatus(id, 'SUSPENDED'),
      remove: async (id) => organisation.removeUser(id),
      group: async (name) => `group:${organisation.createGroup(name).id}`,
      put: async (groupId, userId) => organisation.join(bare(groupId), userId),
      take: async (groupId, userId) => organisation.leave(bare(groupId), userId),
      members: async (groupId) => organisation.membersOf(bare(groupId)).map(({ id }) => id),
    },
    fault: (fault) => (bench.front.fault = fault),
    lie: (lie) => (bench.front.lie = lies[lie] ?? {}),
    restore: () => bench.front.reset(),
    calls: () => bench.front.asked,
    costs: { held: 2, gone: 2 },
    said: () => bench.said(),
    secrets: [READER_TOKEN, ADMIN_TOKEN],
    close: () => bench.close(),
  };
}

targetContract('groups of Okta', groups, {
  nesting: 'none',
  lacks: { 'short-page': 'lists say nothing of how many rows there are' },
  accountPath: /^\/api\/v1\/users\/[^/?#]+$/,
  otherShape: '{}',
  checks: ['rights', 'find-people', 'look-ups-honoured', 'read-groups'],
  missing: 'group:no-such-group',
});
