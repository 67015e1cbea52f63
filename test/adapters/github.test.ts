import { ADMIN_TOKEN, READER_TOKEN } from '../../sandbox/targets/github/credentials';
import type { Lie } from './front';
import { githubBench } from './github-bench';
import { targetContract, type TargetHarness, type TargetLie } from './target-contract';

// Lies rewrite documents of many shapes.
/* eslint-disable @typescript-eslint/no-explicit-any */
const eachRow = (body: any, change: (row: any) => any): any => (Array.isArray(body) ? body.map(change) : change(body));

const lies: Partial<Record<TargetLie, { answer?: Lie }>> = {
  'other-row': {
    answer: (_path, body) => ({
      body: eachRow(body, (row) => ({
        ...row,
        ...(typeof row.id === 'number' ? { id: row.id + 5000 } : {}),
        ...(row.login ? { login: 'other' } : {}),
        ...(row.user ? { user: { ...row.user, id: row.user.id + 5000, login: 'other' } } : {}),
      })),
    }),
  },
  'accounts-denied': {
    answer: (path) =>
      /^\/users?\/|\/memberships\//.test(path) ? { status: 404, body: { message: 'Not Found' } } : undefined,
  },
};
/* eslint-enable @typescript-eslint/no-explicit-any */

async function teams(): Promise<TargetHarness> {
  const bench = await githubBench();
  const { organisation } = bench.server;
  const number = (id: string): number => Number(id.replace('team:', ''));
  return {
    open: (options) => bench.open(options),
    administrator: {
      person: (login) => {
        const { id } = organisation.createUser(login);
        organisation.setMember(id, 'member', 'active');
        return Promise.resolve(String(id));
      },
      switchOff: () => Promise.reject(new Error('GitHub switches nobody off')),
      remove: async (id) => organisation.removeUser(Number(id)),
      group: async (name) => `team:${organisation.createTeam(name).id}`,
      put: async (teamId, userId) => void organisation.setTeamMember(number(teamId), Number(userId)),
      take: async (teamId, userId) => organisation.removeTeamMember(number(teamId), Number(userId)),
      members: async (teamId) =>
        organisation.users
          .entries()
          .map(([, { id }]) => id)
          .filter((id) => organisation.ownTeamPlace(number(teamId), id))
          .map(String),
    },
    fault: (fault) => (bench.front.fault = fault),
    lie: (lie) => (bench.front.lie = lies[lie] ?? {}),
    restore: () => bench.front.reset(),
    calls: () => bench.front.asked,
    // Who it is, the place in the team; then the teams inside it, or whether the team is there at all.
    costs: { held: 3, gone: 3 },
    said: () => bench.said(),
    secrets: [READER_TOKEN, ADMIN_TOKEN],
    close: () => bench.close(),
  };
}

targetContract('teams of GitHub', teams, {
  nesting: 'none',
  lacks: {
    'filter-ignored': 'nobody is looked up with a filter',
    'short-page': 'lists say nothing of how many rows there are',
    'members-hidden': 'memberships are asked one by one and not read from a list',
    'other-case': 'ids are numbers',
    twins: 'a login and a number are addresses of one account each',
  },
  accountPath: /^\/user\/\d+$/,
  otherShape: '{}',
  checks: ['rights', 'find-people', 'look-ups-honoured', 'read-groups'],
  missing: 'team:999999',
  loginOf: (n) => `p${n}`,
  accountIds: false,
  loginIsAddress: true,
  noSwitchOff: true,
  noLogin: (login) => !/^[a-z0-9]+$/i.test(login),
});
