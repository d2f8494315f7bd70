import { setSecret } from '../lib/rotation/set-secret';
import { setSecretInput } from '../lib/rotation/state';
import { config, databaseEngine, now, secretStore } from '../lib/runtime';
import { defineStep } from '../lib/step';

/**
 * State `SetSecret`: makes the database accept the pending credential, with exactly the rights of the current
 * one. Safe to repeat.
 */
export const handler = defineStep({
  name: 'SetSecret',
  input: setSecretInput,
  run: (input) =>
    setSecret(input, { secrets: secretStore(), engine: databaseEngine(), config: config(), now }),
});
