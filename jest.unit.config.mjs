import config from './jest.config.mjs';

/**
 * `npm run test:unit`: what needs no server, which answers in seconds.
 * @type {import('jest').Config}
 */
export default {
  ...config,
  roots: ['<rootDir>/tests/unit', '<rootDir>/tests/statemachine'],
  globalSetup: undefined,
  globalTeardown: undefined,
};
