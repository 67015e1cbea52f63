import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** What a rule must find: the file that breaks it, and what that file imports. */
const seeded: Array<[rule: string, file: string, ...imports: string[]]> = [
  ['domain-imports', 'src/domain/knows-ports.ts', '../usecases/ports'],
  ['domain-packages', 'src/domain/knows-valibot.ts', 'valibot'],
  ['domain-packages', 'src/domain/knows-zones.ts', '@date-fns/tz'],
  ['domain-sla-packages', 'src/domain/sla/knows-valibot.ts', 'valibot'],
  ['domain-node', 'src/domain/reads-files.ts', 'node:fs'],
  ['usecases-imports', 'src/usecases/knows-storage.ts', '../adapters/storage/rows'],
  ['usecases-packages', 'src/usecases/knows-resolver.ts', '@forge/resolver'],
  ['usecases-node', 'src/usecases/opens-sockets.ts', 'node:net'],
  ['one-use-case-each', 'src/usecases/calls-another.ts', './grant'],
  ['one-use-case-each', 'src/usecases/steps/calls-use-case.ts', '../grant'],
  ['contract-imports', 'src/contract/knows-domain.ts', '../domain/request'],
  ['contract-packages', 'src/contract/knows-resolver.ts', '@forge/resolver'],
  ['contract-node', 'src/contract/knows-node.ts', 'node:path'],
  ['entry-imports', 'src/entry/knows-jira.ts', '../adapters/jira/issues'],
  ['entry-packages', 'src/entry/knows-react.ts', 'react'],
  ['entry-node', 'src/entry/knows-node.ts', 'node:http'],
  ['storage-imports', 'src/adapters/storage/knows-jira.ts', '../jira/issues'],
  ['storage-imports', 'src/adapters/storage/knows-use-case.ts', '../../usecases/grant'],
  ['storage-packages', 'src/adapters/storage/knows-resolver.ts', '@forge/resolver'],
  ['jira-imports', 'src/adapters/jira/knows-storage.ts', '../storage/rows'],
  ['jira-packages', 'src/adapters/jira/knows-resolver.ts', '@forge/resolver'],
  ['platform-imports', 'src/adapters/platform/knows-jira.ts', '../jira/issues'],
  ['platform-packages', 'src/adapters/platform/knows-resolver.ts', '@forge/resolver'],
  ['http-imports', 'src/adapters/targets/http/knows-target.ts', '../scim/scim-system'],
  ['http-packages', 'src/adapters/targets/http/knows-resolver.ts', '@forge/resolver'],
  ['targets-imports', 'src/adapters/targets/scim/knows-storage.ts', '../../storage/rows'],
  ['targets-apart', 'src/adapters/targets/scim/knows-okta.ts', '../okta/okta-target'],
  ['targets-forge', 'src/adapters/targets/okta/knows-resolver.ts', '@forge/resolver'],
  ['targets-packages', 'src/adapters/targets/scim/knows-valibot.ts', 'valibot'],
  ['targets-packages', 'src/adapters/targets/scim/signs-requests.ts', 'aws4fetch'],
  ['aws-packages', 'src/adapters/targets/aws-identity-center/knows-valibot.ts', 'valibot'],
  ['http-packages', 'src/adapters/targets/http/sign-in/signs-requests.ts', 'aws4fetch'],
  ['jose-signs-in', 'src/adapters/targets/http/reads-tokens.ts', 'jose'],
  ['jose-signs-in', 'src/adapters/targets/okta/reads-tokens.ts', 'jose'],
  ['app-joins', 'src/contract/reaches-back.ts', '../app'],
  ['src-alone', 'src/domain/knows-sandbox.ts', '../../sandbox/contracts'],
  ['src-alone', 'src/entry/knows-tests.ts', '../../test/story'],
  ['relay-imports', 'relay/knows-storage.ts', '../src/adapters/storage/rows'],
  ['relay-forge', 'relay/calls-forge.ts', '@forge/api'],
  ['simulate-imports', 'simulate/knows-tests.ts', '../test/story'],
  ['static-imports', 'static/src/knows-domain.ts', '../../src/domain/request'],
  ['sandbox-imports', 'sandbox/knows-app.ts', '../src/app'],
  ['sandbox-parts-apart', 'sandbox/scim/knows-jira.ts', '../jira/site'],
  ['storage-only', 'src/adapters/jira/knows-kvs.ts', '@forge/kvs'],
  ['forge-api-only', 'src/adapters/targets/scim/calls-forge.ts', '@forge/api'],
  ['bridge-in-static-only', 'src/entry/knows-bridge.ts', '@forge/bridge'],
  ['no-dev-dependency', 'src/adapters/platform/uses-jest.ts', 'jest'],
  ['no-undeclared-dependency', 'sandbox/uses-stowaway.ts', 'stowaway'],
  ['no-unresolvable', 'sandbox/imports-nothing.ts', './nowhere'],
  ['no-cycle', 'src/domain/circle/a.ts', './b'],
  ['no-junk-drawer', 'src/domain/utils.ts'],
  ['no-junk-drawer', 'src/domain/types.ts'],
  ['no-junk-drawer', 'sandbox/constants.ts'],
  ['no-junk-drawer', 'static/src/common/button.tsx'],
  ['no-junk-drawer', 'test/helpers/story.ts'],
  ['kebab-case', 'src/domain/AccessRequest.ts'],
];

/** A small house in good order: none of these may be found. */
const orderly: Array<[file: string, ...imports: string[]]> = [
  ['src/index.ts', './app'],
  ['src/app.ts', './entry/panel', './adapters/storage/rows', './adapters/jira/issues', './adapters/targets/targets'],
  ['src/domain/request.ts', './instant', 'node:crypto'],
  ['src/domain/instant.ts'],
  ['src/domain/circle/b.ts', './a'],
  ['src/domain/sla/time-zone.ts', '@date-fns/tz', '../instant'],
  ['src/usecases/ports.ts', '../domain/request'],
  ['src/usecases/grant.ts', './ports', './steps/read', '../domain/request'],
  ['src/usecases/steps/read.ts', '../ports'],
  ['src/contract/views.ts', 'valibot'],
  [
    'src/entry/panel.ts',
    '../contract/views',
    '../usecases/grant',
    '../domain/request',
    '@forge/resolver',
    '@forge/events',
    'valibot',
  ],
  ['src/adapters/storage/rows.ts', '@forge/kvs', '../../usecases/ports', '../../domain/request'],
  ['src/adapters/jira/issues.ts', '@forge/api', '../../usecases/ports'],
  ['src/adapters/platform/jobs.ts', '@forge/events', '@forge/api', 'node:crypto'],
  ['src/adapters/targets/targets.ts', './scim/scim-system', './okta/okta-target'],
  ['src/adapters/targets/http/transport.ts', '@forge/api', '../../../usecases/ports'],
  ['src/adapters/targets/http/sign-in/assertion.ts', 'jose', '../transport'],
  ['src/adapters/targets/aws-identity-center/sigv4.ts', 'aws4fetch', '../http/transport'],
  ['src/adapters/targets/scim/scim-system.ts', '../http/transport', '../../../domain/request'],
  ['src/adapters/targets/okta/okta-target.ts', '../http/transport'],
  ['static/src/bridge.ts', '@forge/bridge', '../../src/contract/views'],
  ['sandbox/contracts.ts'],
  ['sandbox/jira/site.ts', '../contracts'],
  ['sandbox/world.ts', './jira/site', '../src/index', '../src/contract/views'],
  ['test/story.ts', '../src/app', '../sandbox/world', 'jest'],
  ['bench/gate.ts', '../src/app', '../sandbox/world'],
  ['relay/read.ts', '../src/contract/views', '../src/domain/request'],
  ['simulate/world.ts', '../src/app', '../sandbox/world'],
];

const dependencies = [
  '@date-fns/tz',
  '@forge/kvs',
  '@forge/api',
  '@forge/resolver',
  '@forge/events',
  '@forge/bridge',
  'aws4fetch',
  'jose',
  'valibot',
  'react',
];

test('every rule of the house finds its seeded violation, and nothing in good order', () => {
  const house = mkdtempSync(join(tmpdir(), 'house-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  };
  try {
    const versions = (names: string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));
    const manifest = { name: 'house', dependencies: versions(dependencies), devDependencies: versions(['jest']) };
    write('package.json', JSON.stringify(manifest));
    for (const name of [...dependencies, 'jest', 'stowaway']) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
      write(`node_modules/${name}/index.js`, '');
    }
    const files = [...orderly, ...seeded.map(([, ...file]) => file)] as Array<[string, ...string[]]>;
    for (const [path, ...imports] of files) {
      // Of files types only: the rules hold for those as well.
      write(
        path,
        imports.map((name, i) => `import ${name.startsWith('.') ? 'type ' : ''}* as i${i} from '${name}';\n`).join('') +
          'export {};\n',
      );
    }

    const found = cruise(house);
    for (const [rule, file] of seeded) expect(found).toContain(`${rule} ${file}`);
    const guilty = new Set([...seeded.map(([, file]) => file), 'src/domain/circle/b.ts']);
    expect(found.filter((entry) => !guilty.has(entry.split(' ')[1] ?? ''))).toEqual([]);
    expect(rulesOfTheHouse().filter((rule) => !seeded.some(([name]) => name === rule))).toEqual([]);
  } finally {
    rmSync(house, { recursive: true, force: true });
  }
});

function rulesOfTheHouse(): string[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a configuration that is CommonJS
  const { forbidden } = require('../../.dependency-cruiser.cjs') as { forbidden: Array<{ name: string }> };
  return forbidden.map(({ name }) => name);
}

/** `rule file` for every violation. The configuration is the real one; only the house is made up. */
function cruise(house: string): string[] {
  const args = ['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json'];
  const rooms = ['src', 'sandbox', 'static/src', 'test', 'bench', 'simulate', 'relay'];
  const command = join(root, 'node_modules/.bin/depcruise');
  const output = execFileSync(command, [...args, ...rooms], { cwd: house, encoding: 'utf8', maxBuffer: 1 << 26 });
  const { summary } = JSON.parse(output) as {
    summary: { violations: Array<{ rule: { name: string }; from: string }> };
  };
  return summary.violations.map(({ rule, from }) => `${rule.name} ${from}`);
}
