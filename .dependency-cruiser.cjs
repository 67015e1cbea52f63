/**
 * The rooms of docs/design, section 4, and what each may import. Every rule is proven to bite by
 * test/house/boundaries.test.ts, which seeds one violation of each.
 */

const NPM = '(^|/)node_modules/';
const npm = (...names) => `${NPM}(${names.join('|')})/`;

/** What a room may import of the rest of src, and of npm. Everything else is an error. Packages of a part may be ruled apart. */
const room = (name, { from, src = [], packages = [], packagesApart, core = false, comment }) => [
  {
    name: `${name}-imports`,
    severity: 'error',
    comment,
    from: { path: from },
    to: { path: '^(src|sandbox|static|test|bench|tools)/', pathNot: [from, ...src] },
  },
  {
    name: `${name}-packages`,
    severity: 'error',
    comment: `${name} may use ${packages.length > 0 ? packages.join(', ') : 'no package'}. ${comment}`,
    from: { path: from, ...(packagesApart ? { pathNot: packagesApart } : {}) },
    to: { path: NPM, ...(packages.length > 0 ? { pathNot: npm(...packages) } : {}) },
  },
  ...(core
    ? []
    : [
        {
          name: `${name}-node`,
          severity: 'error',
          comment: `${name} does no input or output, so it needs nothing of Node.`,
          from: { path: from },
          to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
        },
      ]),
];

const DOMAIN = '^src/domain/';
const SLA = '^src/domain/sla/';
const AWS = 'aws-identity-center/';
const PORTS = '^src/usecases/ports\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...room('domain', {
      from: DOMAIN,
      packagesApart: SLA,
      comment: 'The domain is pure: it knows itself only (hashing is pure too).',
    }),
    {
      name: 'domain-sla-packages',
      severity: 'error',
      comment:
        'Clocks need the offsets of time zones, which are as pure as arithmetic; src/domain/sla may ask this package.',
      from: { path: SLA },
      to: { path: NPM, pathNot: npm('@date-fns/tz') },
    },
    ...room('usecases', {
      from: '^src/usecases/',
      src: [DOMAIN],
      comment: 'Use cases know the domain and their ports; adapters are handed to them by app.ts.',
    }),
    ...room('contract', {
      from: '^src/contract/',
      packages: ['valibot'],
      comment: 'The contract is shared with the screens, so it drags nothing along but the schema library.',
    }),
    ...room('entry', {
      from: '^src/entry/',
      src: ['^src/contract/', '^src/usecases/', DOMAIN],
      // Resolvers, the retry answers of triggers and consumers, and the parsing of payloads are the entry's own business.
      packages: ['@forge/resolver', '@forge/events', 'valibot'],
      comment: 'Entries parse, authorise, call one use case and answer; they never meet an adapter.',
    }),
    ...room('storage', {
      from: '^src/adapters/storage/',
      src: [DOMAIN, PORTS],
      packages: ['@forge/kvs'],
      core: true,
      comment: 'Adapters know the domain, the ports and their own SDK, never another adapter.',
    }),
    ...room('jira', {
      from: '^src/adapters/jira/',
      src: [DOMAIN, PORTS],
      packages: ['@forge/api'],
      core: true,
      comment: 'Adapters know the domain, the ports and their own SDK, never another adapter.',
    }),
    ...room('platform', {
      from: '^src/adapters/platform/',
      src: [DOMAIN, PORTS],
      packages: ['@forge/api', '@forge/events'],
      core: true,
      comment: 'Adapters know the domain, the ports and their own SDK, never another adapter.',
    }),
    ...room('http', {
      from: '^src/adapters/targets/http/',
      src: [DOMAIN, PORTS],
      // Assertions are signed by a library: jose is the one that has no further packages.
      packages: ['@forge/api', 'jose'],
      core: true,
      comment: 'The one way out to target systems, shared by all of them.',
    }),
    {
      name: 'targets-imports',
      severity: 'error',
      comment: 'A target adapter knows the domain, the ports and the shared http room, never another adapter.',
      from: { path: '^src/adapters/targets/' },
      to: { path: '^(src|sandbox|static|test|bench|tools)/', pathNot: ['^src/adapters/targets/', DOMAIN, PORTS] },
    },
    {
      name: 'targets-apart',
      severity: 'error',
      comment: 'One target system never imports another; what they share is adapters/targets/http and reading.',
      from: { path: '^src/adapters/targets/([^/]+)/' },
      to: {
        path: '^src/adapters/targets/',
        pathNot: ['^src/adapters/targets/$1/', '^src/adapters/targets/(http|reading)/'],
      },
    },
    {
      name: 'targets-forge',
      severity: 'error',
      comment: 'Target systems are reached through adapters/targets/http, which alone calls Forge.',
      from: { path: '^src/adapters/targets/', pathNot: '^src/adapters/targets/http/' },
      to: { path: npm('@forge/[^/]+') },
    },
    {
      name: 'targets-packages',
      severity: 'error',
      comment: 'What speaks to one target needs no package: protocol chores that several share stand in targets/http.',
      from: { path: '^src/adapters/targets/', pathNot: `^src/adapters/targets/(http/|${AWS})` },
      to: { path: NPM },
    },
    {
      name: 'aws-packages',
      severity: 'error',
      comment: 'Signature Version 4 is Amazon’s alone, so the AWS connector has its library to itself.',
      from: { path: `^src/adapters/targets/${AWS}` },
      to: { path: NPM, pathNot: npm('aws4fetch') },
    },
    {
      name: 'jose-signs-in',
      severity: 'error',
      comment: 'Assertions are made and token claims read in targets/http/sign-in; nothing else handles tokens.',
      from: { path: '^(src|static|bench)/', pathNot: '^src/adapters/targets/http/sign-in/' },
      to: { path: npm('jose') },
    },
    {
      name: 'one-use-case-each',
      severity: 'error',
      comment:
        'A use case never calls another; what two share is a step (src/usecases/steps) or belongs to the domain.',
      from: { path: '^src/usecases/', pathNot: '^src/usecases/steps/[^/]+/' },
      to: { path: '^src/usecases/[^/]+\\.ts$', pathNot: PORTS },
    },
    {
      name: 'app-joins',
      severity: 'error',
      comment: 'Only index.ts starts app.ts; nothing else in src reaches back to where everything is joined.',
      from: { path: '^src/', pathNot: '^src/(index|app)\\.ts$' },
      to: { path: '^src/(index|app)\\.ts$' },
    },
    {
      name: 'src-alone',
      severity: 'error',
      comment: 'The app knows nothing of the sandbox, the tests, the bench, the tools, the simulator or the screens.',
      from: { path: '^src/' },
      to: { path: '^(sandbox|test|bench|tools|static|simulate|relay)/' },
    },
    {
      name: 'relay-imports',
      severity: 'error',
      comment: 'The relay runs in companies’ networks: it reads as the app reads, and knows nothing else of the app.',
      from: { path: '^relay/' },
      to: {
        path: '^(src|sandbox|static|test|bench|tools|simulate)/',
        pathNot: ['^src/contract/', DOMAIN, '^src/adapters/targets/(http|reading|scim)/'],
      },
    },
    {
      name: 'relay-forge',
      severity: 'error',
      comment: 'There is no Forge where the relay runs.',
      from: { path: '^relay/' },
      to: { path: npm('@forge/[^/]+'), reachable: true },
    },
    {
      name: 'simulate-imports',
      severity: 'error',
      comment: 'The simulator plays the app over the sandbox’s storage; it knows neither tests nor screens.',
      from: { path: '^simulate/' },
      to: { path: '^(static|test|bench|tools)/' },
    },
    {
      name: 'static-imports',
      severity: 'error',
      comment: 'The screens share the contract with the backend and nothing else.',
      from: { path: '^static/' },
      to: { path: '^(src|sandbox|test|bench|tools)/', pathNot: '^src/contract/' },
    },
    {
      name: 'sandbox-imports',
      severity: 'error',
      comment: 'The sandbox runs the unmodified app: it loads src/index.ts as Forge would, and may read the contract.',
      from: { path: '^sandbox/' },
      to: { path: '^(src|static|test|bench|tools)/', pathNot: ['^src/index\\.ts$', '^src/contract/'] },
    },
    {
      name: 'sandbox-parts-apart',
      severity: 'error',
      comment: 'The parts of the sandbox meet in contracts.ts and are joined by world.ts.',
      from: { path: '^sandbox/(platform|jira|scim|targets)/' },
      to: { path: '^sandbox/(platform|jira|scim|targets|http|web)/', pathNot: '^sandbox/$1/' },
    },
    {
      name: 'storage-only',
      severity: 'error',
      comment: 'Only adapters/storage knows how Forge stores.',
      from: { path: '^(src|static|bench)/', pathNot: '^src/adapters/storage/' },
      to: { path: npm('@forge/kvs') },
    },
    {
      name: 'forge-api-only',
      severity: 'error',
      comment:
        'Only adapters/jira, adapters/platform and adapters/targets/http call out through Forge; a peer of the bench plays another app.',
      from: { path: '^(src|static|bench)/', pathNot: '^(src/adapters/(jira|platform|targets/http)|bench/peers)/' },
      to: { path: npm('@forge/api') },
    },
    {
      name: 'bridge-in-static-only',
      severity: 'error',
      comment: 'The bridge exists in the browser only (who imports invoke from it is eslint’s business).',
      from: { path: '^(src|bench|tools)/' },
      to: { path: npm('@forge/bridge') },
    },
    {
      name: 'no-dev-dependency',
      severity: 'error',
      comment: 'What is deployed must be a dependency, not a dev dependency.',
      from: { path: '^(src|static/src)/', pathNot: '\\.(test|config)\\.' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
    },
    {
      name: 'no-undeclared-dependency',
      severity: 'error',
      comment: 'The package is in no package.json: it is there by accident.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'This import leads nowhere.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'Files that import each other in a circle cannot be understood one by one.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-junk-drawer',
      severity: 'error',
      comment: 'A name that says nothing collects everything: name the file after what it is about.',
      module: {
        path: '(^|/)((utils?|commons?|helpers?)(/|\\.[cm]?[jt]sx?$)|(types|constants)(\\.d)?\\.[cm]?[jt]sx?$)',
        pathNot: NPM,
        numberOfDependentsLessThan: 100,
      },
      from: {},
    },
    {
      name: 'kebab-case',
      severity: 'error',
      comment: 'Files are named in kebab-case.',
      module: {
        path: '^(src|sandbox|static|test|bench|tools)/',
        pathNot: [NPM, '^([a-z0-9][a-z0-9.-]*/)*[a-z0-9][a-z0-9.-]*$'],
        numberOfDependentsLessThan: 100,
      },
      from: {},
    },
  ],
  options: {
    doNotFollow: { path: NPM },
    exclude: { path: '(^|/)(static|web)/dist/' },
    // Types are imports too: a domain that names a type of an adapter knows the adapter.
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.cjs', '.js', '.json', '.css'],
    },
  },
};
