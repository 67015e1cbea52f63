/** Tests against the official API descriptions in ../shared/specs; they print that they were skipped when it is absent. */
const base = require('./jest.config.js');

// openapi-backend reads descriptions with a package that ships ES modules only, which jest cannot require as they are.
const esModules = '@apidevtools/json-schema-ref-parser';

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/contract/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  transform: {
    ...base.transform,
    [`/node_modules/${esModules}/.+\\.js$`]: [
      'ts-jest',
      {
        tsconfig: { allowJs: true, module: 'commonjs', target: 'ES2022', esModuleInterop: true, isolatedModules: true },
        diagnostics: false,
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!${esModules}/)`],
  testTimeout: 60000,
};
