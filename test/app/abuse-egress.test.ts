/**
 * Abuse cases E01 to E12 through the app: addresses, egress and secrets. Each is refused on saving and again on use, and
 * what was refused has changed nothing.
 */
import { memoryStore } from '../../sandbox/memory-store';
import type { ProbeStepView, SettingsView } from '../../src/contract/settings-view';
import type { Store } from '../../sandbox/contracts';
import { openDesk, type Desk } from './desk';

let desk: Desk;
let store: Store;
beforeEach(async () => {
  store = memoryStore();
  desk = await openDesk({ store });
});
afterEach(() => desk.close());

const until = '2027-01-31T00:00:00.000Z';
const rita = 'rita@acme.test';
const canary = 'canary-secret-of-a-second-target';
const readerToken = 'sandbox-scim-reader-token';

const directory = {
  id: 'scim-directory',
  name: 'SCIM directory',
  kind: 'scim',
  baseUrl: 'https://scim.acme.test/scim/v2',
  auth: { kind: 'bearer' },
  directory: true,
  write: false,
};
const second = { ...directory, id: 'second', name: 'Second', directory: false };
const oauth = (tokenUrl: string) => ({ kind: 'oauth2', tokenUrl, clientId: 'proofgate' });

function admin(name: string, payload: unknown) {
  return desk.invoke('adele', 'access-admin', name, undefined, payload);
}

async function settings(): Promise<SettingsView> {
  const answer = await admin('getSettings', {});
  if (!answer.ok) throw new Error(answer.error);
  return answer.result as SettingsView;
}

async function connectorNamed(name: string) {
  const found = (await settings()).connectors.find((connector) => connector.name === name);
  if (!found) throw new Error(`no connector ${name}`);
  return found;
}

async function probe(connector: object, secrets: object = {}): Promise<readonly ProbeStepView[]> {
  const answer = await admin('probeConnector', { connector, ...secrets });
  if (!answer.ok) throw new Error(answer.error);
  return (answer.result as { steps: readonly ProbeStepView[] }).steps;
}

/** Entries of the configuration's audit chains, and the secrets that are stored. */
async function recorded() {
  const lines = (await desk.world.exportAudit()).trim().split('\n');
  return {
    audit: lines.filter((line) => (JSON.parse(line) as { chain?: string }).chain?.startsWith('config:')),
    secrets: store.table('kvs.secret').entries(),
  };
}

async function factsOf(connectorId: string) {
  const { audit } = await recorded();
  return audit
    .map((line) => JSON.parse(line) as { chain: string; facts: Array<Record<string, unknown>> })
    .filter(({ chain }) => chain === `config:connector:${connectorId}`)
    .flatMap(({ facts }) => facts);
}

/** Asks for something that must be refused, and shows that it left no trace. */
async function refused(name: string, payload: unknown, code: string): Promise<string> {
  const before = await recorded();
  const since = desk.world.ledger().next;
  const answer = await admin(name, payload);
  expect(answer).toMatchObject({ ok: false, error: expect.stringContaining(`[${code}]`) as string });
  expect(egressSince(since)).toEqual([]);
  expect(await recorded()).toEqual(before);
  return answer.ok ? '' : answer.error;
}

function egressSince(since: number) {
  return desk.world.ledger(since).calls.filter(({ kind }) => kind === 'egress');
}

/** Somebody who can write the app's storage puts something into a connector that the admin page would refuse. */
function corrupt(change: object): void {
  const rows = store.table<{ versions: Array<{ value: { data: { value: object } } }> }>('kvs.entity');
  const [key, row] = rows.entries().find(([name]) => name.endsWith('cfg:connector:scim-directory')) ?? [];
  const stored = row?.versions.at(-1)?.value.data;
  if (key === undefined || row === undefined || stored === undefined) throw new Error('no connector is stored');
  stored.value = { ...stored.value, ...change };
  rows.put(key, row);
}

async function approvedAndDone(): Promise<string> {
  const key = await desk.ask({ end: until });
  await desk.answer(key, 'mark');
  await desk.addMember('Finance Approvers', rita);
  return key;
}

const notPlain = [
  ['plain http', 'http://scim.acme.test/scim/v2'],
  ['an IPv4 literal', 'https://93.184.216.34/scim'],
  ['the metadata address', 'https://169.254.169.254/latest'],
  ['localhost', 'https://localhost/scim'],
  ['a decimal IP', 'https://2130706433/scim'],
  ['an octal IP', 'https://0177.0.0.1/scim'],
  ['a hexadecimal IP', 'https://0x7f.0.0.1/scim'],
  ['an IPv6 literal', 'https://[::1]/scim'],
  ['an IPv4 address inside IPv6', 'https://[::ffff:127.0.0.1]/scim'],
  ['a name of the local network', 'https://scim.local/scim'],
  ['a trailing dot', 'https://scim.acme.test./scim/v2'],
  ['a port', 'https://scim.acme.test:8443/scim/v2'],
  ['user information', 'https://user:pass@scim.acme.test/scim/v2'],
];
const ambiguous = [
  ['a backslash', 'https://evil.com\\.okta.com'],
  ['a slash in disguise', 'https://evil.com%2f.okta.com'],
  ['a tab', 'https://scim.acme\t.test'],
  ['a line break', 'https://scim.acme.test/\nHost:evil.com'],
  ['a full-width dot', 'https://scim．acme.test/scim'],
  ['a look-alike letter', 'https://scim.аcme.test/scim'],
  ['an encoded look-alike', 'https://xn--80ak6aa92e.com/scim'],
];

describe('E01, E02: an address with', () => {
  it.each([...notPlain, ...ambiguous])('%s is refused on saving, as a token endpoint too', async (_what, address) => {
    await refused(
      'saveConnector',
      { connector: { ...second, baseUrl: address }, secret: canary, expectedRev: 0 },
      'address-refused',
    );
    await refused(
      'saveConnector',
      { connector: { ...second, auth: oauth(address) }, secret: canary, expectedRev: 0 },
      'address-refused',
    );
    await refused('probeConnector', { connector: { ...second, baseUrl: address }, secret: canary }, 'address-refused');
    await refused(
      'saveSite',
      { site: { anchor: { kind: 'address', url: address } }, expectedRev: (await settings()).site?.rev ?? 0 },
      'address-refused',
    );
    expect((await settings()).connectors.map(({ name }) => name)).toEqual(['SCIM directory']);
  });

  it('each of these is not used either, wherever it came from', async () => {
    const key = await approvedAndDone();
    for (const [, address = ''] of [...notPlain, ...ambiguous]) {
      corrupt({ baseUrl: address, auth: { kind: 'bearer' } });
      const since = desk.world.ledger().next;
      const view = await desk.verify(key);
      expect(view.items[0]?.evidence[0]).toMatchObject({ verdict: 'unreadable', reason: 'not-approved' });
      corrupt({ baseUrl: directory.baseUrl, auth: oauth(address) });
      expect((await desk.verify(key)).items[0]?.evidence[0]).toMatchObject({ verdict: 'unreadable' });
      expect(egressSince(since)).toEqual([]);
    }
    const refusal = await desk.move(key, 'Resolve');
    expect(refusal.status).toBe(400);
    expect(await desk.status(key)).toBe('In progress');
    expect(await desk.facts(key)).toContain('gate-refused');
    corrupt({ baseUrl: directory.baseUrl, auth: { kind: 'bearer' } });
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
  });
});

describe('E03: a connector that is pointed at another address', () => {
  const moved = { ...directory, baseUrl: 'https://scim.evil.test/scim/v2' };

  it('loses its secrets, is recorded with the address before, and is another target to what was approved', async () => {
    const key = await approvedAndDone();
    const { rev } = await connectorNamed('SCIM directory');
    expect(await admin('saveConnector', { connector: moved, expectedRev: rev })).toMatchObject({ ok: true });
    expect((await connectorNamed('SCIM directory')).secret).toBeUndefined();
    expect(store.table('kvs.secret').entries()).toEqual([]);
    const facts = await factsOf('scim-directory');
    expect(facts).toContainEqual({
      fact: 'origin-changed',
      from: 'https://scim.acme.test',
      to: 'https://scim.evil.test',
    });
    expect(facts).toContainEqual({ fact: 'secret-cleared', purpose: 'read' });
    const since = desk.world.ledger().next;
    expect((await desk.move(key, 'Resolve')).text).toContain('points to another address');
    expect(egressSince(since)).toEqual([]);
    expect(await desk.status(key)).toBe('In progress');
  });

  it.each<[string, object]>([
    ['another address', moved],
    ['another token endpoint', { ...directory, auth: oauth('https://evil.test/token') }],
    ['another way to sign in', { ...directory, auth: { kind: 'oauth2', tokenUrl: 'https://x.test/t', clientId: 'c' } }],
  ])('gets no stored secret for %s by being tested without being saved', async (_what, connector) => {
    const before = await recorded();
    const since = desk.world.ledger().next;
    const [reach] = await probe(connector);
    expect(reach).toMatchObject({ step: 'reach', ok: false, text: expect.stringMatching(/secret/) as string });
    expect(egressSince(since)).toEqual([]);
    expect(await recorded()).toEqual(before);
  });

  it('stores no new secret when somebody else saved first', async () => {
    const { rev } = await connectorNamed('SCIM directory');
    const before = await recorded();
    const answer = await admin('saveConnector', { connector: directory, secret: canary, expectedRev: rev + 1 });
    expect(answer).toMatchObject({ ok: false, error: expect.stringContaining('[conflict]') as string });
    expect(await recorded()).toEqual(before);
    const key = await approvedAndDone();
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
  });
});

it('E03: a stored secret that is not the one the connector was saved with is not sent', async () => {
  const key = await approvedAndDone();
  const rows = store.table<{ versions: Array<{ value: unknown }> }>('kvs.secret');
  const [[name, row] = ['', undefined]] = rows.entries();
  if (!row) throw new Error('no secret is stored');
  const other = JSON.parse(JSON.stringify(row).replaceAll(desk.world.target('SCIM directory').token, readerToken));
  rows.put(name, other as typeof row);
  const since = desk.world.ledger().next;
  expect((await desk.move(key, 'Resolve')).text).toContain('has no secret');
  expect(egressSince(since)).toEqual([]);
  expect(await desk.status(key)).toBe('In progress');
  rows.put(name, row);
  expect((await desk.move(key, 'Resolve')).status).toBe(204);
});

it('E04: an identifier that climbs out of its path stays one value', async () => {
  const since = desk.world.ledger().next;
  for (const serviceAccount of ['../../Groups?filter=x', '..', 'a/../../b#c', '%2e%2e/x'])
    await desk.ask({ serviceAccount, end: until });
  const paths = egressSince(since).map(({ path }) => new URL(path, 'https://scim.acme.test'));
  expect(paths.length).toBeGreaterThan(0);
  for (const { pathname, searchParams } of paths) {
    expect(pathname).toMatch(/^\/scim\/v2\/(?:Users|Groups|Schemas)(?:\/[A-Za-z0-9-]+)?$/);
    for (const name of searchParams.keys())
      expect(['filter', 'count', 'startIndex', 'attributes', 'excludedAttributes']).toContain(name);
  }
});

describe('E05: a host', () => {
  it('of the customer’s own is not called before an admin approved it, and the test says so', async () => {
    const connector = { ...second, baseUrl: 'https://rebind.evil.test/scim/v2' };
    const since = desk.world.ledger().next;
    const steps = await probe(connector, { secret: canary });
    expect(steps[0]).toMatchObject({ step: 'reach', ok: false, why: 'not-approved' });
    expect(steps[0]?.text).toContain('not approved');
    expect(steps.slice(1).map(({ why }) => why)).toEqual(steps.slice(1).map(() => 'not-tested'));
    for (const { status } of egressSince(since)) expect(status).toBe(403);
  });

  it.each([
    ['okta', 'https://acme.okta.com.evil.com', 'looks like'],
    ['okta', 'https://evil-okta.com', 'looks like'],
    ['okta', 'https://acme.okta.com/path', 'looks like'],
    ['sailpoint', 'https://acme.api.identitynow.com.evil.com', 'looks like'],
    ['aws-identity-center', 'https://identitystore.eu-central-1.amazonaws.com.evil.com', 'looks like'],
    ['github', 'https://api.github.com.evil.com', 'always https://api.github.com'],
    ['entra', 'https://graph.microsoft.com.evil.com', 'always https://graph.microsoft.com'],
  ])('of %s that only looks like one (%s) is refused', async (kind, baseUrl, text) => {
    const ways: Record<string, object> = {
      okta: { kind: 'okta-token' },
      github: { kind: 'bearer' },
      sailpoint: oauth('https://acme.api.identitynow.com/oauth/token'),
      entra: oauth('https://login.microsoftonline.com/t/oauth2/v2.0/token'),
      'aws-identity-center': { kind: 'sigv4', accessKeyId: 'AKIA', region: 'eu-central-1' },
    };
    const connector = { ...second, kind, baseUrl, auth: ways[kind] };
    const error = await refused('saveConnector', { connector, secret: canary, expectedRev: 0 }, 'invalid-input');
    expect(error).toContain(text);
  });

  it('for tokens that is not the vendor’s is refused', async () => {
    const connector = {
      ...second,
      kind: 'entra',
      baseUrl: 'https://graph.microsoft.com/v1.0',
      auth: oauth('https://login.microsoftonline.com.evil.com/t/token'),
    };
    const error = await refused('saveConnector', { connector, secret: canary, expectedRev: 0 }, 'invalid-input');
    expect(error).toContain('login.microsoftonline.com');
  });
});

it.each(['a\r\nx-evil: 1', 'a\nb', `-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\nx-evil: 1`])(
  'E06: a secret that would write another header (%j) is refused',
  async (secret) => {
    await refused('saveConnector', { connector: second, secret, expectedRev: 0 }, 'invalid-input');
    await refused(
      'saveConnector',
      { connector: { ...second, write: true }, writeSecret: secret, expectedRev: 0 },
      'invalid-input',
    );
    await refused('probeConnector', { connector: second, secret }, 'invalid-input');
  },
);

it('E07: a secret appears in no answer, address, log, audit entry or error', async () => {
  const said: unknown[] = [];
  const connector = { ...second, write: true, auth: oauth('https://scim.acme.test/oauth/token') };
  const writeSecret = `${canary}-writes`;
  const log = jest.spyOn(console, 'log').mockImplementation((...line) => void said.push(line));
  try {
    said.push(await admin('saveConnector', { connector, secret: canary, writeSecret, expectedRev: 0 }));
    said.push(await admin('probeConnector', { connector, secret: canary, writeSecret }));
    said.push(await admin('probeConnector', { connector }));
    said.push(await admin('saveConnector', { connector, secret: canary, expectedRev: 7 }));
    said.push(await settings(), await admin('listEntitlements', { connectorId: 'second' }));
    said.push(await admin('getHealth', {}), await desk.world.exportAudit(), desk.world.ledger().calls);
  } finally {
    log.mockRestore();
  }
  expect(JSON.stringify(said)).not.toContain(canary);
  expect(JSON.stringify(said)).not.toContain(encodeURIComponent(canary));
  expect(JSON.stringify(said)).not.toContain(Buffer.from(`proofgate:${canary}`).toString('base64'));
  expect(JSON.stringify(store.table('kvs.entity').entries())).not.toContain(canary);
  expect(JSON.stringify(store.table('kvs.secret').entries())).toContain(canary);
});

describe('E10: the same secret', () => {
  const inUse = /stored already/;

  it('is refused for a second connector, whoever has it', async () => {
    const { token } = desk.world.target('SCIM directory');
    const error = await refused('saveConnector', { connector: second, secret: token, expectedRev: 0 }, 'invalid-input');
    expect(error).toMatch(inUse);
    expect(error).not.toContain('SCIM directory');
  });

  it('is refused for reading and writing of one connector, at once or one after the other', async () => {
    const connector = { ...second, write: true };
    const both = { connector, secret: canary, writeSecret: canary, expectedRev: 0 };
    expect(await refused('saveConnector', both, 'invalid-input')).toContain('two different secrets');
    expect(await admin('saveConnector', { connector, secret: canary, expectedRev: 0 })).toMatchObject({ ok: true });
    expect(await refused('saveConnector', { connector, writeSecret: canary, expectedRev: 1 }, 'invalid-input')).toMatch(
      inUse,
    );
    expect(await admin('saveConnector', { connector, writeSecret: `${canary}-2`, expectedRev: 1 })).toMatchObject({
      ok: true,
    });
    const swapped = { connector, secret: `${canary}-2`, writeSecret: canary, expectedRev: 2 };
    expect(await refused('saveConnector', swapped, 'invalid-input')).toMatch(inUse);
  });

  it('is refused for a connector and for lists of leavers', async () => {
    expect(await admin('saveLeaverKey', { keyId: 'hr', secret: canary, expectedRev: 0 })).toMatchObject({ ok: true });
    expect(
      await refused('saveConnector', { connector: second, secret: canary, expectedRev: 0 }, 'invalid-input'),
    ).toMatch(inUse);
    expect(await admin('saveConnector', { connector: second, secret: `${canary}-2`, expectedRev: 0 })).toMatchObject({
      ok: true,
    });
    await refused('saveLeaverKey', { keyId: 'hr-2', secret: `${canary}-2`, expectedRev: 0 }, 'invalid-input');
  });

  it('is taken again for the same use, and is not younger for that', async () => {
    const { token } = desk.world.target('SCIM directory');
    const before = await connectorNamed('SCIM directory');
    await desk.world.advance('PT1H');
    expect(
      await admin('saveConnector', { connector: directory, secret: token, expectedRev: before.rev }),
    ).toMatchObject({ ok: true });
    expect((await connectorNamed('SCIM directory')).secret).toEqual(before.secret);
  });
});

describe('E11: a secret that is too old', () => {
  const raised = async (): Promise<string[]> => {
    const found = await desk.as('gus').get('/rest/api/3/search/jql?jql=project%3DGOV&fields=summary');
    return (found.body as { issues: Array<{ fields: { summary: string } }> }).issues.map(
      ({ fields }) => fields.summary,
    );
  };
  const secretLives = async (secretMaxAge: string, secretRemindBefore: string): Promise<void> => {
    const { rev = 0, ...site } = (await settings()).site ?? {};
    const answer = await admin('saveSite', {
      site: { ...site, secretMaxAge, secretRemindBefore },
      expectedRev: rev,
    });
    expect(answer).toMatchObject({ ok: true });
  };

  it('is announced once, then not used: nothing is proven with it until it is renewed', async () => {
    const key = await approvedAndDone();
    await secretLives('P3D', 'P2D');
    expect((await connectorNamed('SCIM directory')).secret).toMatchObject({ age: 'fresh' });
    await desk.world.advance('P2D');
    expect((await connectorNamed('SCIM directory')).secret).toMatchObject({ age: 'rotate-soon' });
    expect((await raised()).filter((summary) => summary === 'Renew the secret of SCIM directory')).toHaveLength(1);
    expect((await desk.verify(key)).items[0]?.evidence[0]).toMatchObject({ verdict: 'confirmed' });

    await desk.world.advance('P1DT1H');
    const since = desk.world.ledger().next;
    expect((await connectorNamed('SCIM directory')).secret).toMatchObject({ age: 'too-old' });
    expect((await desk.verify(key)).items[0]?.evidence[0]).toMatchObject({
      verdict: 'unreadable',
      reason: 'secret-too-old',
    });
    const refusal = await desk.move(key, 'Resolve');
    expect(refusal.status).toBe(400);
    expect(refusal.text).toContain('older than this site allows');
    expect(await desk.facts(key)).toContain('gate-refused');
    expect(await desk.status(key)).toBe('In progress');
    expect((await probe(directory))[0]).toMatchObject({ ok: false, text: expect.stringMatching(/older/) as string });
    expect(egressSince(since)).toEqual([]);
    await desk.world.advance('P1DT1H');
    expect((await raised()).filter((summary) => summary.includes('secret of SCIM directory')).sort()).toEqual([
      'Renew the secret of SCIM directory',
      'The secret of SCIM directory is too old',
    ]);

    const { rev } = await connectorNamed('SCIM directory');
    expect(await admin('saveConnector', { connector: directory, secret: readerToken, expectedRev: rev })).toMatchObject(
      {
        ok: true,
      },
    );
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
  }, 60_000);

  it.each([
    ['PT1H', 'PT10M', 'one day at least'],
    ['P30D', 'P31D', 'before the secret is too old'],
  ])('is not ruled by %s with a reminder %s before', async (secretMaxAge, secretRemindBefore, text) => {
    const { rev = 0, ...site } = (await settings()).site ?? {};
    const error = await refused(
      'saveSite',
      { site: { ...site, secretMaxAge, secretRemindBefore }, expectedRev: rev },
      'invalid-input',
    );
    expect(error).toContain(text);
  });
});

it('E12: a token is fetched for each invocation and kept for none after it', async () => {
  const connector = { ...second, auth: oauth('https://scim.acme.test/oauth/token') };
  const secret = 'sandbox-client-secret';
  expect(await admin('saveConnector', { connector, secret, expectedRev: 0 })).toMatchObject({ ok: true });
  for (let time = 0; time < 2; time++) {
    const since = desk.world.ledger().next;
    expect(await admin('listEntitlements', { connectorId: 'second' })).toMatchObject({ ok: true });
    expect(egressSince(since).filter(({ path }) => path.endsWith('/oauth/token'))).toHaveLength(1);
  }
  expect(JSON.stringify(store.table('kvs.plain').entries())).not.toContain('access_token');
});
