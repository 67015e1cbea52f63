import type { Transport } from '../../src/adapters/targets/http/transport';
import { createTargets } from '../../src/adapters/targets/targets';
import type { Connector } from '../../src/domain/connector';
import { judge, type Expectation } from '../../src/domain/verification/judge';
import type { Budget, Target } from '../../src/usecases/ports';

export const secret = 'canary-5ecret-77aa';
export const now = (): string => '2026-11-23T09:00:00.000Z';

export const connector: Connector = {
  id: 'c1',
  name: 'SCIM directory',
  kind: 'scim',
  baseUrl: 'https://scim.acme.test/scim/v2',
  origin: 'https://scim.acme.test',
  auth: { kind: 'bearer' },
  directory: true,
  write: false,
  secret: { fingerprint: 'f', setAt: now(), origin: 'https://scim.acme.test' },
  writeSecret: { fingerprint: 'w', setAt: now(), origin: 'https://scim.acme.test' },
};

/** Documents by `METHOD path?query` (query decoded) or by path alone; what is not there is 404. A number is a status. */
export type Documents = Record<string, unknown>;

/** A SCIM server made of fixed documents, without a network. */
export class DocumentServer {
  readonly asked: Array<{ method: string; url: string; headers: Record<string, string>; body: string | undefined }> =
    [];

  constructor(readonly documents: Documents) {}

  readonly transport: Transport = async (url, { method, headers, body }) => {
    this.asked.push({ method, url, headers, body });
    const { pathname, search, origin } = new URL(url);
    const path = origin === 'https://scim.acme.test' ? pathname.replace('/scim/v2', '') : `${origin}${pathname}`;
    const keys = [
      `${method} ${path}${decodeURIComponent(search)}`,
      `${path}${decodeURIComponent(search)}`,
      `${method} ${path}`,
      path,
    ];
    const key = keys.find((candidate) => candidate in this.documents);
    const found = key === undefined ? 404 : this.documents[key];
    const status = typeof found === 'number' ? found : 200;
    const answer = status === 204 ? null : JSON.stringify(typeof found === 'number' ? { status } : found);
    return new Response(answer, { status, headers: { 'content-type': 'application/scim+json' } });
  };

  open(changes: Partial<Connector> = {}, limits: Partial<Budget> = {}, given?: string): Target {
    const targets = createTargets({
      now,
      nextId: () => 'id-1',
      secretOf: () => Promise.resolve(secret),
      transport: this.transport,
    });
    return targets.open(
      { ...connector, ...changes },
      { timeMs: 5_000, bytes: 512 * 1024, calls: 20, ...limits },
      given === undefined ? undefined : { read: given },
    );
  }
}

export const list = (...Resources: unknown[]): unknown => ({ totalResults: Resources.length, Resources });

export const wanted = (changeKind: Expectation['changeKind'], ...replaced: string[]): Expectation => ({
  changeKind,
  account: { id: 'u1', login: 'ann@acme.test' },
  entitlement: { id: 'g1', name: 'Readers' },
  replaces: replaced.map((entitlementId) => ({ entitlementId, name: entitlementId })),
});

/** What a server's documents come to. */
export async function verdict(
  documents: Documents,
  changeKind: Expectation['changeKind'],
  limits: Partial<Budget> = {},
): Promise<string> {
  const expectation = wanted(changeKind);
  const { verdict: what, reason } = judge(
    expectation,
    await new DocumentServer(documents).open({}, limits).observe(expectation),
  );
  return `${what}: ${reason}`;
}
