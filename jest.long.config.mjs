import config from './jest.config.mjs';

/**
 * `npm run test:long`: what repeats a test of `npm test` with many more cases, and takes minutes.
 * @type {import('jest').Config}
 */
export default {
  ...config,
  roots: ['<rootDir>/tests/long'],
  testPathIgnorePatterns: [],
  // 500 accounts take two or three minutes on an idle laptop.
  testTimeout: 60 * 60_000,
  globalTeardown: '<rootDir>/tests/support/long-teardown.ts',
};
