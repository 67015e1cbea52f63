import { memoryStore } from '../../sandbox/store';
import { instanceArn, storeId } from '../../sandbox/targets/aws-identity-center/operations';
import {
  adminHost,
  awsReader,
  awsRegion,
  awsWriter,
  startAwsIdentityCenter,
  storeHost,
  type IdentityCenterServer,
} from '../../sandbox/targets/aws-identity-center/server';
import { createTargets } from '../../src/adapters/targets/targets';
import type { Connector } from '../../src/domain/connector';
import { Front } from './front';
import { heard } from './heard';
import type { TargetHarness, TargetLie } from './target-contract';

const now = (): string => '2026-11-23T09:00:00.000Z';
const origin = `https://${storeHost}`;

export const awsConnector: Connector = {
  id: 'c1',
  name: 'AWS',
  kind: 'aws-identity-center',
  baseUrl: origin,
  origin,
  auth: { kind: 'sigv4', accessKeyId: awsReader.accessKeyId, region: awsRegion },
  writeAuth: { kind: 'sigv4', accessKeyId: awsWriter.accessKeyId, region: awsRegion },
  settings: { identityStoreId: storeId, instanceArn },
  directory: false,
  write: false,
  secret: { fingerprint: 'f', setAt: now(), origin },
  writeSecret: { fingerprint: 'w', setAt: now(), origin },
};

// Lies rewrite documents of many shapes.
/* eslint-disable @typescript-eslint/no-explicit-any */
const lies: Partial<Record<TargetLie, Front['lie']>> = {
  'members-hidden': {
    answer: (_path, body: any) =>
      body.Results
        ? { body: { Results: body.Results.map(({ MembershipExists: _hidden, ...row }: any) => row) } }
        : undefined,
  },
  'other-case': {
    answer: (_path, body: any) =>
      body.Results
        ? { body: { Results: body.Results.map((row: any) => ({ ...row, GroupId: row.GroupId.toUpperCase() })) } }
        : undefined,
  },
  'other-row': {
    answer: (_path, body: any) => {
      const other = '00000000-0000-4000-8000-00000000beef';
      if (body.Results) return { body: { Results: body.Results.map((row: any) => ({ ...row, GroupId: other })) } };
      const change = (row: any): any => ({ ...row, UserId: other, UserName: 'other@acme.test', ExternalIds: [] });
      if (body.Users) return { body: { ...body, Users: body.Users.map(change) } };
      return body.UserId ? { body: change(body) } : undefined;
    },
  },
  twins: {
    answer: (_path, body: any) => {
      const twin = '00000000-0000-4000-8000-00000000beef';
      return body.Users
        ? { body: { ...body, Users: body.Users.flatMap((row: any) => [row, { ...row, UserId: twin }]) } }
        : undefined;
    },
  },
  'accounts-denied': {
    answer: (_path, _body, { headers }) =>
      headers['x-amz-target'] === 'AWSIdentityStore.DescribeUser'
        ? { status: 400, body: { __type: 'ResourceNotFoundException', ResourceType: 'USER' } }
        : undefined,
  },
};
/* eslint-enable @typescript-eslint/no-explicit-any */

export interface AwsHarness extends TargetHarness {
  readonly server: IdentityCenterServer;
  readonly front: Front;
}

/** The fake behind a hostile road. */
export async function awsHarness(): Promise<AwsHarness> {
  const server = await startAwsIdentityCenter({ store: memoryStore(), clock: { now: () => Date.parse(now()) } });
  const front = await Front.before(server.host, server.baseUrl, { aliases: [adminHost] });
  const secretOf = (purpose: string): string =>
    purpose === 'write' ? awsWriter.secretAccessKey : awsReader.secretAccessKey;
  const targets = createTargets({
    now,
    nextId: () => 'id-1',
    secretOf: (_connector, purpose) => Promise.resolve(secretOf(purpose)),
    transport: front.transport,
  });
  const budget = { timeMs: 5_000, bytes: 512 * 1024, calls: 30 };
  const bare = (id: string): string => id.replace(/^group:/, '');
  const { directory, operations } = server;
  let said = '';
  return {
    server,
    front,
    open: (changes = {}) =>
      heard(targets.open({ ...awsConnector, ...changes.connector }, { ...budget, ...changes.budget }), (text) => {
        said += `${text}\n`;
      }),
    administrator: {
      person: (login, accountId) => {
        const facts =
          accountId === undefined ? {} : { ExternalIds: [{ Issuer: 'https://idp.acme.test', Id: accountId }] };
        return Promise.resolve(directory.addUser(login, facts).UserId);
      },
      switchOff: async (id) => {
        const user = directory.users.get(id);
        if (user) directory.users.put(id, { ...user, UserStatus: 'DISABLED' });
      },
      remove: async (id) => directory.removeUser(id),
      group: (name) => Promise.resolve(`group:${directory.addGroup(name).GroupId}`),
      put: async (groupId, memberId) => void directory.put(bare(groupId), memberId),
      take: async (groupId, memberId) => directory.take(bare(groupId), memberId),
      members: (groupId) => Promise.resolve(Object.keys(directory.groups.get(bare(groupId))?.members ?? {})),
    },
    fault: (fault) => (front.fault = fault),
    lie: (lie) => {
      // Requests are signed, so nobody on the road can take a filter out: the server itself has to ignore it.
      operations.behaviour.ignoresFilters = lie === 'filter-ignored';
      front.lie = lies[lie] ?? {};
    },
    restore: () => {
      front.reset();
      operations.behaviour.ignoresFilters = false;
    },
    calls: () => front.asked,
    // The membership and the user; where there is none, also the group.
    costs: { held: 2, gone: 3 },
    said: () => said,
    secrets: [awsReader.secretAccessKey, awsWriter.secretAccessKey],
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}

/** Whether a call of this kind changes nothing: every call is a POST, and the operation tells. */
export function readsOnly({ headers }: Front['asked'][number]): boolean {
  return /\.(?:List|Describe|Get|Is)[A-Za-z]+$/.test(String(headers['x-amz-target']));
}
