import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { connectorKinds } from '../../src/domain/connector-kinds';
import { manifestFacts } from '../../tools/check/manifest-facts';
import { manifestProblems, type ManifestFacts } from '../../tools/check/manifest-problems';
import { officialProblems } from '../../tools/check/official-validation';

const root = resolve(__dirname, '../..');
const shipped = readFileSync(`${root}/manifest.yml`, 'utf8');

const sound = `
app:
  runtime: { name: nodejs24.x, memoryMB: 512 }
  storage:
    entities:
      - { name: request }
permissions:
  scopes:
    read:jira-work: {}
    storage:app: {}
modules:
  function:
    - { key: fn-panel, handler: index.panel }
    - { key: fn-gate, handler: index.gate }
    - { key: fn-events, handler: index.events }
    - { key: fn-sweep, handler: index.sweep, timeoutSeconds: 300 }
  jira:issuePanel:
    - { key: panel, resource: main, resolver: { function: fn-panel }, unlicensedAccess: [customer, anonymous] }
  jiraServiceManagement:portalRequestDetailPanel:
    - { key: portal, resource: main, unlicensedAccess: [customer, unlicensed] }
  jira:workflowValidator:
    - { key: gate, function: fn-gate }
  trigger:
    - { key: events, function: fn-events, events: ['avi:jira:updated:issue', { eventType: 'avi:jira:created:issue' }] }
  scheduledTrigger:
    - { key: sweep, function: fn-sweep, interval: fiveMinute }
resources:
  - { key: main, path: static/dist }
`;

const facts: ManifestFacts = {
  exports: { index: ['panel', 'gate', 'events', 'sweep'] },
  packages: ['@forge/kvs', '@forge/api'],
  events: ['avi:jira:updated:issue', 'avi:jira:created:issue'],
  directories: ['static', 'src'],
};

test('a sound manifest has no problem', () => {
  expect(manifestProblems(sound, facts)).toEqual([]);
  expect(manifestProblems(sound, { ...facts, neededScopes: ['read:jira-work'] })).toEqual([]);
});

const sweeps = (n: number, interval: string) =>
  Array.from({ length: n }, (_, i) => `\n    - { key: more-${i}, function: fn-sweep, interval: ${interval} }`).join('');
const entities = Array.from({ length: 12 }, (_, i) => `\n      - { name: more-${i} }`).join('');

test.each<[fault: string, from: string, to: string, problem: string]>([
  ['an export that is not there', 'index.gate', 'index.gates', 'function fn-gate: src/index has no export gates'],
  ['a handler file that is not there', 'index.gate', 'gates.gate', 'function fn-gate: src/gates has no export gate'],
  ['a handler that names no export', 'index.gate', 'gate', 'function fn-gate: src/gate has no export '],
  [
    'a long function key',
    'fn-gate',
    'fn-gate-with-a-long-long-key',
    'function fn-gate-with-a-long-long-key: the key has more than 23 characters',
  ],
  ['a function that nobody uses', 'function: fn-events, ', '', 'function fn-events: no module uses it'],
  [
    'a time-out on a short function',
    'index.gate',
    'index.gate, timeoutSeconds: 60',
    'function fn-gate: timeoutSeconds is for consumers and scheduled triggers only, but jira:workflowValidator gate uses it',
  ],
  [
    'a long function that a resolver shares',
    'resolver: { function: fn-panel }',
    'resolver: { function: fn-sweep }, view: { function: fn-panel }',
    'function fn-sweep: timeoutSeconds is for consumers and scheduled triggers only, but jira:issuePanel panel uses it',
  ],
  [
    'storage without its scope',
    '    storage:app: {}\n',
    '',
    'the code uses @forge/kvs, but the scope storage:app is missing',
  ],
  [
    'six scheduled triggers',
    'interval: fiveMinute }',
    `interval: fiveMinute }${sweeps(5, 'hour')}`,
    '6 scheduled triggers, Forge allows 5',
  ],
  [
    'two triggers every five minutes',
    'interval: fiveMinute }',
    `interval: fiveMinute }${sweeps(1, 'fiveMinute')}`,
    '2 triggers run every five minutes, Forge allows one',
  ],
  [
    'an event that Forge does not know',
    'avi:jira:updated:issue',
    'avi:jira:changed:issue',
    'trigger events: Forge knows no event avi:jira:changed:issue',
  ],
  [
    'an unknown event in long form',
    'avi:jira:created:issue',
    'avi:jira:made:issue',
    'trigger events: Forge knows no event avi:jira:made:issue',
  ],
  [
    'UI Kit 1',
    'resource: main, resolver: { function: fn-panel }',
    'function: fn-panel',
    'jira:issuePanel panel: names a function instead of a resource, which is UI Kit 1',
  ],
  ['an old runtime', 'nodejs24.x', 'nodejs22.x', 'runtime is nodejs22.x, not nodejs24.x'],
  ['too much memory', '512', '2048', 'memoryMB is 2048, Forge gives at most 1024'],
  [
    'too many entities',
    '- { name: request }',
    `- { name: request }${entities}`,
    '13 entities are declared, Decision 1 allows 12',
  ],
  [
    'a host of the sandbox',
    'app:\n',
    'app:\n  # https://scim.acme.test\n',
    "the sandbox's host name scim.acme.test stands in the manifest",
  ],
  [
    'anonymous access to a portal detail panel',
    '[customer, unlicensed]',
    '[customer, anonymous]',
    'jiraServiceManagement:portalRequestDetailPanel portal: unlicensedAccess anonymous is not possible here',
  ],
  [
    'unlicensed access to a validator',
    'function: fn-gate',
    'function: fn-gate, unlicensedAccess: [customer]',
    'jira:workflowValidator gate: unlicensedAccess customer is not possible here',
  ],
  ['a resource that nothing builds', 'static/dist', 'screens/dist', 'resource main: nothing can build screens/dist'],
])('finds %s', (_fault, from, to, problem) => {
  expect(sound).toContain(from);
  expect(manifestProblems(sound.replaceAll(from, to), facts)).toEqual([problem]);
});

test.each<[fault: string, facts: Partial<ManifestFacts>, problem: string]>([
  [
    'a storage scope without storage',
    { packages: ['@forge/api'] },
    'the scope storage:app is declared, but no code uses @forge/kvs',
  ],
  [
    'a scope that a call needs',
    { neededScopes: ['read:jira-work', 'write:jira-work'] },
    'the code needs the scope write:jira-work',
  ],
  ['a scope that no call needs', { neededScopes: [] }, 'the scope read:jira-work is declared, but no code needs it'],
])('finds %s', (_fault, changed, problem) => {
  expect(manifestProblems(sound, { ...facts, ...changed })).toEqual([problem]);
});

test('scopes may also be a list', () => {
  const listed = sound.replace(
    '    read:jira-work: {}\n    storage:app: {}',
    '    - read:jira-work\n    - storage:app',
  );
  expect(manifestProblems(listed, facts)).toEqual([]);
});

test.each([
  ['', 'the manifest is empty'],
  ['a: [', 'the manifest is no YAML'],
])('says what is wrong with %j', (text, problem) => {
  expect(manifestProblems(text, facts)[0]).toContain(problem);
});

test('the facts come from the code that is deployed', async () => {
  const found = await manifestFacts(root, shipped);
  expect(found.exports['index']).toEqual(expect.arrayContaining(['panel', 'sweep', 'effects']));
  expect(found.packages).toContain('@forge/kvs');
  expect(found.events).toEqual(expect.arrayContaining(['avi:jira:updated:issue', 'avi:forge:installed:app']));
  expect(found.directories).toContain('static');
});

test("the shipped manifest passes Atlassian's own validation, warnings included", async () => {
  const [passed, warned] = [
    await officialProblems(root, shipped),
    await officialProblems(root, shipped.replace('read:jira-user', 'read:jira-users')),
  ];
  expect(passed).toEqual([]);
  expect(warned.join()).toContain('read:jira-users');
});

test('the manifest lets the app out to the fixed vendors and to nobody else by itself', () => {
  const { external } = (parse(shipped) as { permissions: { external: Record<string, unknown> } }).permissions;
  const fixed = Object.values(connectorKinds).flatMap(({ address, tokenHosts = [] }) =>
    address.kind === 'fixed' ? [new URL(address.url).hostname, ...tokenHosts] : [],
  );
  const { backend, client } = external['fetch'] as { backend: Array<{ address: string }>; client?: unknown };
  expect(backend.map(({ address }) => address).sort()).toEqual([...new Set(fixed)].sort());
  expect(client).toBeUndefined();
  expect(external['configurable']).toEqual({ enabled: true });
  expect(Object.keys(external).sort()).toEqual(['configurable', 'fetch']);
});
