/** The digest over many chains and through an outbound address, on ports in memory: the sandbox would take minutes. */
import { createOutbound } from '../../src/adapters/targets/http/outbound';
import type { Transport } from '../../src/adapters/targets/http/transport';
import { verifyAnchored, verifyDigests } from '../../src/domain/audit/verify-digests';
import type { ChainHead, Digest } from '../../src/domain/audit/digest';
import type { DigestState } from '../../src/domain/audit/digest-state';
import { chainStart, sealEntry, type AuditEntry } from '../../src/domain/audit/entry';
import { canonicalJson, type Json } from '../../src/domain/canonical';
import { later } from '../../src/domain/instant';
import type { SiteSettings } from '../../src/domain/site-settings';
import type { Ports, StoredDigest } from '../../src/usecases/ports';
import { writeDigestIfDue } from '../../src/usecases/steps/write-digest';

const nine = '2026-11-23T09:00:00.000Z';

interface Memory {
  now: string;
  readonly chains: Map<string, AuditEntry[]>;
  readonly rows: StoredDigest[];
  state?: DigestState;
  site: SiteSettings;
  transport: Transport;
  queries: number;
  reads: number;
}

function memory(): Memory {
  return {
    now: nine,
    chains: new Map(),
    rows: [],
    site: {},
    transport: () => Promise.reject(new Error('nobody listens')),
    queries: 0,
    reads: 0,
  };
}

function write(m: Memory, chain: string, at: string): void {
  const entries = m.chains.get(chain) ?? [];
  const prev = entries.at(-1)?.hash ?? chainStart(chain);
  const entry = sealEntry({ chain, seq: entries.length + 1, at, kind: 'test', actor: 'app', facts: [], prev });
  m.chains.set(chain, [...entries, entry]);
}

/** A port that the digest must not use fails when it does. */
function ports(
  m: Memory,
): Pick<Ports, 'digests' | 'auditLog' | 'configuration' | 'issues' | 'outbound' | 'clock' | 'log'> {
  const save = (next: DigestState): Promise<boolean> => {
    if ((m.state?.rev ?? 0) !== next.rev - 1) return Promise.resolve(false);
    m.state = next;
    return Promise.resolve(true);
  };
  const everything = (): AuditEntry[] =>
    [...m.chains.values()].flat().sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return {
    digests: {
      state: () => Promise.resolve(m.state),
      get: (seq) => Promise.resolve(m.rows[seq - 1]),
      range: (first, last) => Promise.resolve(m.rows.slice(first - 1, last).map(({ digest }) => digest)),
      append: async (digest, state) => {
        if (m.rows[digest.seq - 1] || !(await save(state))) return false;
        m.rows.push({ digest });
        return true;
      },
      save,
      anchored: async (stored, state) => {
        if (!(await save(state))) return false;
        m.rows[stored.digest.seq - 1] = stored;
        return true;
      },
    },
    auditLog: {
      since: (day: string, at: string, cursor: string | undefined) => {
        m.queries++;
        const found = everything().filter((entry) => entry.at >= at && entry.at.startsWith(day));
        const start = Number(cursor ?? 0);
        return Promise.resolve({
          entries: found.slice(start, start + 100),
          ...(start + 100 < found.length ? { cursor: String(start + 100) } : {}),
        });
      },
      oldest: () => Promise.resolve(everything()[0]?.at),
      heads: (atLeast: ReadonlyMap<string, ChainHead>) => {
        m.reads += atLeast.size;
        const head = (chain: string): ChainHead => {
          const { seq, hash } = m.chains.get(chain)?.at(-1) as AuditEntry;
          return { seq, hash };
        };
        return Promise.resolve(new Map([...atLeast.keys()].map((chain) => [chain, head(chain)])));
      },
    } as unknown as Ports['auditLog'],
    configuration: {
      get: () => Promise.resolve({ rev: 1, value: m.site }),
    } as unknown as Ports['configuration'],
    issues: {} as Ports['issues'],
    outbound: createOutbound((url, init) => m.transport(url, init)),
    clock: { now: () => m.now },
    log: { note: () => undefined },
  };
}

const turn = (m: Memory, noTime: () => boolean = () => false) => writeDigestIfDue(ports(m), m.now, undefined, noTime);
const digests = (m: Memory): Digest[] => m.rows.map(({ digest }) => digest);

function expectCovered(m: Memory): void {
  const all = digests(m).map((digest, line) => ({ ...digest, line }));
  expect(verifyDigests(all, m.chains)).toBeUndefined();
  const covered = new Map(all.flatMap(({ heads }) => Object.entries(heads).map(([chain, { seq }]) => [chain, seq])));
  for (const [chain, entries] of m.chains) expect(covered.get(chain)).toBe(entries.length);
  all.forEach((digest, i) => {
    expect(digest.from).toBe(i === 0 ? digest.from : all[i - 1]?.to);
    expect(canonicalJson(digest as unknown as Json).length).toBeLessThan(240 * 1024);
  });
}

it('splits an hour that does not fit into one value, and covers all of it', async () => {
  const m = memory();
  for (let i = 0; i < 4000; i++) write(m, `request:${i}`, later(nine, i));
  for (let i = 0; i < 700; i++) write(m, `config:catalogue:${'c'.repeat(400)}${i}`, later(nine, 4000 + i));
  m.now = later(nine, 60_000);
  expect(await turn(m)).toBe('2026-11-23T10:00:00.000Z');
  expect(m.rows.length).toBeGreaterThan(3);
  expectCovered(m);
});

it('goes on with what is left when time is short, without waiting for the hour', async () => {
  const m = memory();
  for (let i = 0; i < 900; i++) write(m, `request:${i}`, later(nine, i * 1000));
  m.now = later(nine, 20 * 60_000);
  let pages = 0;
  expect(await turn(m, () => ++pages > 4)).toBe(m.now);
  const first = digests(m).at(-1);
  expect(first?.size).toBeGreaterThan(0);
  expect(first?.size).toBeLessThan(900);
  m.now = later(m.now, 300_000);
  expect(await turn(m)).toBe('2026-11-23T10:00:00.000Z');
  expectCovered(m);
});

it('costs what changed, and not how many chains there are', async () => {
  const m = memory();
  for (let i = 0; i < 3000; i++) write(m, `request:${i}`, nine);
  await turn(m);
  for (let hour = 1; hour <= 2; hour++) {
    m.now = later(nine, hour * 3_600_000);
    await turn(m);
  }
  write(m, 'request:7', later(m.now, 60_000));
  m.now = later(nine, 3 * 3_600_000);
  [m.queries, m.reads] = [0, 0];
  await turn(m);
  expect(m.queries).toBe(1);
  expect(m.reads).toBe(1);
  expect(Object.keys(digests(m).at(-1)?.heads ?? {})).toEqual(['request:7']);
});

it('lets one of two overlapping sweeps write a digest', async () => {
  const m = memory();
  write(m, 'request:1', nine);
  await Promise.all([turn(m), turn(m), turn(m)]);
  expect(m.rows).toHaveLength(1);
});

describe('an outbound address', () => {
  const url = 'https://siem.acme.test/digests';

  it('receives each digest as one line of canonical JSON, which the verifier reads', async () => {
    const m = memory();
    m.site = { anchor: { kind: 'address', url } };
    const received: string[] = [];
    m.transport = (to, init) => {
      expect(to).toBe(url);
      expect(init).toMatchObject({ method: 'POST', redirect: 'manual' });
      expect(init.headers['idempotency-key']).toBe(m.rows[received.length]?.digest.hash);
      received.push(init.body ?? '');
      return Promise.resolve(new Response('', { status: 202 }));
    };
    for (let hour = 0; hour < 3; hour++) {
      m.now = later(nine, hour * 3_600_000);
      write(m, 'request:1', m.now);
      await turn(m);
    }
    expect(received).toHaveLength(3);
    for (const line of received) expect(canonicalJson(JSON.parse(line) as Json)).toBe(line);
    const all = digests(m).map((digest, line) => ({ ...digest, line }));
    expect(verifyAnchored(all, received.join('\n'))).toEqual({ ok: true, anchored: 3, newest: 3, beyond: 0 });
    expect(m.rows.every(({ anchoredAt, where }) => anchoredAt !== undefined && where === url)).toBe(true);
  });

  it.each([301, 400, 401, 403, 404, 429, 500, 503])('that answers %s has not taken it', async (status) => {
    const m = memory();
    m.site = { anchor: { kind: 'address', url } };
    m.transport = () => Promise.resolve(new Response('', { status }));
    const next = await turn(m);
    expect(m.state).toMatchObject({ waitingFrom: 1, attempts: 1 });
    expect(m.state?.problem).toMatch(/^The anchor address .*\.$/);
    expect(next).toBe(later(nine, 60_000));
    m.now = next ?? nine;
    m.transport = () => Promise.resolve(new Response(null, { status: 204 }));
    await turn(m);
    expect(m.state).toMatchObject({ anchored: { seq: 1 }, attempts: 0 });
  });

  it('is held against the policy on every use', async () => {
    const outbound = createOutbound(() => Promise.reject(new Error('must not be called')));
    for (const bad of [
      'http://siem.acme.test/',
      'https://127.0.0.1/',
      'https://SIEM.acme.test/x',
      'https://a@siem.acme.test',
    ])
      expect(await outbound.post(bad, 'k', '{}')).toEqual({ failed: 'not-approved' });
  });
});
