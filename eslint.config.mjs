import { existsSync } from 'node:fs';
import tseslint from 'typescript-eslint';

const root = import.meta.dirname;

/** The screens have TypeScript projects of their own. */
const screens = ['static', 'sandbox/web'].filter((room) => existsSync(`${root}/${room}/tsconfig.json`));

const clock = 'The time comes from a port (Clock), so that tests can set it.';
const chance = 'Ids and chance come from a port, so that a run can be repeated.';

const noClock = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: clock },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: clock },
  { selector: "CallExpression[callee.name='Date']", message: clock },
];
// An adapter may measure how long it really waits; what a use case waits for is the port's business.
const noStopwatch = [
  { selector: "CallExpression[callee.object.name='performance'][callee.property.name='now']", message: clock },
];
const noChance = [
  { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: chance },
];
const noTimers = [
  {
    selector: 'CallExpression[callee.name=/^set(Timeout|Interval|Immediate)$/]',
    message: 'What happens later is a due row in storage, not a timer: an invocation may end at any moment.',
  },
];
const noMocks = [
  {
    selector: "CallExpression[callee.object.name='jest'][callee.property.name=/^(mock|doMock|unstable_mockModule)$/]",
    message: 'Nothing is mocked by module: hand the use case another port, or drive the sandbox.',
  },
];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      'coverage/',
      'test-results/',
      '.sandbox/',
      ...['static', 'sandbox/web'].filter((room) => !screens.includes(room)).map((room) => `${room}/`),
      // Configuration that Node loads as it is.
      'jest.*.js',
      '.dependency-cruiser.cjs',
      'eslint.config.mjs',
      '**/vite.config.*',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.check.json', ...screens.map((room) => `./${room}/tsconfig.json`)],
        tsconfigRootDir: root,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...noMocks],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/{entry,contract}/**/*.ts', 'src/adapters/{storage,jira,targets}/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...noMocks, ...noClock, ...noChance] },
  },
  {
    files: ['src/{domain,usecases}/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...noMocks, ...noClock, ...noChance, ...noStopwatch, ...noTimers],
      'no-restricted-imports': [
        'error',
        {
          paths: ['crypto', 'node:crypto'].map((name) => ({
            name,
            allowImportNames: ['createHash', 'createHmac', 'timingSafeEqual'],
            message: chance,
          })),
        },
      ],
    },
  },
  {
    files: ['static/src/**/*.{ts,tsx}'],
    ignores: ['static/src/bridge.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@forge/bridge',
              importNames: ['invoke', 'makeInvoke', 'invokeRemote', 'invokeService'],
              message: 'Only static/src/bridge.ts calls the backend; it knows the contract.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/adapters/platform/**', 'sandbox/**', 'tools/**', 'bench/**', 'simulate/**'],
    rules: { 'no-console': 'off' },
  },
);
