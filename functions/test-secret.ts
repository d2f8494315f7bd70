import { testSecretInput } from '../lib/rotation/state';
import { testSecret } from '../lib/rotation/test-secret';
import { config, databaseEngine, secretStore } from '../lib/runtime';
import { defineStep } from '../lib/step';

/** State `TestSecret`: logs in with the pending credential and compares its rights. Safe to repeat. */
export const handler = defineStep({
  name: 'TestSecret',
  input: testSecretInput,
  run: (input) => testSecret(input, { secrets: secretStore(), engine: databaseEngine(), config: config() }),
});
