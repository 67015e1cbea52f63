import { request } from 'node:http';
import type { Clock, Store, TargetServer } from '../../../sandbox/contracts';
import { startScimServer } from '../../../sandbox/scim/server';
import { stableId } from '../../../sandbox/scim/stable-id';
import { memoryStore } from '../../../sandbox/store';

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export const personId = (key: string) => stableId('User', `${key}@acme.test`);
export const groupId = (name: string) => stableId('Group', name);

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // Tests look into documents of many shapes.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export class TestClock implements Clock {
  constructor(public instant = Date.parse('2026-11-23T09:00:00Z')) {}
  now(): number {
    return this.instant;
  }
}

export interface ScimClient {
  server: TargetServer;
  store: Store;
  clock: TestClock;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(path: string, ...operations: object[]): Promise<Answer>;
  find(resource: string, filter: string, more?: string): Promise<Answer>;
}

/** A fresh directory with an administrator's client. */
export async function openDirectory(store: Store = memoryStore()): Promise<ScimClient> {
  const clock = new TestClock();
  const server = await startScimServer({ store, clock });
  const call: ScimClient['call'] = (method, path, body, headers = {}) =>
    send(method, `${server.baseUrl}${path}`, body, { authorization: `Bearer ${server.token}`, ...headers });
  return {
    server,
    store,
    clock,
    call,
    patch: (path, ...Operations) => call('PATCH', path, { schemas: [PATCH_OP], Operations }),
    find: (resource, filter, more = '') => call('GET', `/${resource}?filter=${encodeURIComponent(filter)}${more}`),
  };
}

export function send(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { method, headers: { 'content-type': 'application/scim+json', ...headers } },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          let parsed: unknown;
          try {
            parsed = text === '' ? undefined : JSON.parse(text);
          } catch {
            parsed = undefined;
          }
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, body: parsed });
        });
        incoming.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}
