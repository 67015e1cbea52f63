/**
 * Real target systems on loopback, installed by `.ci/targets`. Where one is not installed its tests are skipped and say
 * so; with CI=true they fail.
 */
const base = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/targets/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120000,
  maxWorkers: 1,
  // What is skipped says why.
  silent: false,
};
