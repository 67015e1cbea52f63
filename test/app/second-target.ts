/** A second target beside the directory, with people and groups of its own, on a road that can be cut and that can lie. */
import { startScimServer } from '../../sandbox/scim/server';
import { memoryStore } from '../../sandbox/store';
import type { TargetServer } from '../../sandbox/contracts';
import { Front } from '../adapters/front';
import { openDesk, type Desk } from './desk';

const host = 'payroll.acme.test';
const readerToken = 'sandbox-scim-reader-token';
const group = 'Payroll Clerks';

export interface SecondTarget {
  readonly desk: Desk;
  /** The road: its faults and lies, and everything that was asked. */
  readonly front: Front;
  /** The connector as the admin page takes it. */
  readonly connector: Record<string, unknown> & { readonly id: string; readonly name: string };
  readonly groupId: string;
  /** One call as the target's administrator. */
  scim(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: ScimBody }>;
  userId(login: string): Promise<string>;
  createUser(user: Record<string, unknown>): Promise<string>;
  createGroup(name: string): Promise<string>;
  put(groupId: string, memberId: string, type?: 'Group'): Promise<void>;
  take(groupId: string, memberId: string): Promise<void>;
  admin(name: string, payload: unknown): Promise<unknown>;
  close(): Promise<void>;
}

interface ScimBody {
  readonly id?: string;
  readonly Resources?: ReadonlyArray<{ readonly id: string }>;
}

/** The seeded desk with the target `Payroll` and its one entitlement `Payroll Clerks` in the catalogue. */
export async function openSecondTarget(changes: Record<string, unknown> = {}): Promise<SecondTarget> {
  let front: Front | undefined;
  let server: TargetServer | undefined;
  const desk = await openDesk({
    moreTargets: async ({ clock }) => {
      server = await startScimServer({ store: memoryStore(), clock });
      front = await Front.before(host, new URL(server.baseUrl).origin);
      const close = async () => {
        await front?.close();
        await server?.close();
      };
      return [{ name: 'Payroll', host, baseUrl: front.origin, token: readerToken, close }];
    },
  });
  if (!front || !server) throw new Error('the second target did not start');
  const { baseUrl, token } = server;
  const scim: SecondTarget['scim'] = async (method, path, body) => {
    const answer = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.status >= 400) throw new Error(`scim: ${method} ${path}: ${answer.status} ${text}`);
    return { status: answer.status, body: text ? (JSON.parse(text) as ScimBody) : {} };
  };
  const created = async (path: string, body: object): Promise<string> => (await scim('POST', path, body)).body.id ?? '';
  const patch = (id: string, operation: object) =>
    scim('PATCH', `/Groups/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [operation],
    });
  const admin = async (name: string, payload: unknown): Promise<unknown> => {
    const answer = await desk.invoke('adele', 'access-admin', name, undefined, payload);
    if (!answer.ok) throw new Error(answer.error);
    return answer.result;
  };
  const createGroup = (displayName: string) =>
    created('/Groups', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName });
  const groupId = await createGroup(group);
  const connector = {
    id: 'payroll',
    name: 'Payroll',
    kind: 'scim',
    baseUrl: `https://${host}/scim/v2`,
    auth: { kind: 'bearer' },
    directory: false,
    write: false,
    ...changes,
  };
  await admin('saveConnector', { connector, secret: readerToken, expectedRev: 0 });
  await admin('saveCatalogueEntry', {
    entry: {
      connectorId: 'payroll',
      name: group,
      description: '',
      entitlementId: groupId,
      replaces: [],
      risk: 'sensitive',
      instructions: { grant: 'Add the person.', revoke: 'Take the person out.' },
    },
    expectedRev: 0,
  });
  return {
    desk,
    front,
    connector,
    groupId,
    scim,
    admin,
    createGroup,
    userId: async (login) => {
      const { body } = await scim('GET', `/Users?filter=${encodeURIComponent(`userName eq "${login}"`)}`);
      return body.Resources?.[0]?.id ?? '';
    },
    createUser: (user) => created('/Users', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], ...user }),
    put: async (id, value, type) => {
      await patch(id, { op: 'add', path: 'members', value: [{ value, ...(type ? { type } : {}) }] });
    },
    take: async (id, value) => {
      await patch(id, { op: 'remove', path: `members[value eq "${value}"]` });
    },
    close: () => desk.close(),
  };
}
