/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  // These are jest.long.config.mjs's.
  testPathIgnorePatterns: ['<rootDir>/tests/long/'],
  transform: {
    '^.+\\.(ts|mjs)$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' } }],
  },
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  // The steps' log lines; the tests that look for leaks run the steps in processes of their own and read those.
  setupFiles: ['<rootDir>/tests/support/silence-log.ts'],
  setupFilesAfterEnv: ['<rootDir>/tests/support/aws-call-recorder-origin.ts'],
  testSequencer: '<rootDir>/tests/support/longest-first.mjs',
  // Ends a test that hangs, and no other: a machine that is five times slower than a laptop passes.
  testTimeout: 600_000,
  maxWorkers: 4, // on two cores: the tests wait for servers and state machines more than they compute
};
