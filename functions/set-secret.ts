import { setSecret } from '../lib/rotation/set-secret';
import { rotationState } from '../lib/rotation/state';
import { config, databaseEngine, now, secretStore } from '../lib/runtime';
import { defineStep } from '../lib/step';

/**
 * State `SetSecret`: makes the database accept the pending credential, with exactly the rights of the current
 * one. Safe to repeat.
 */
export const handler = defineStep({
  name: 'SetSecret',
  input: rotationState,
  run: (state) =>
    setSecret(state, { secrets: secretStore(), engine: databaseEngine(), config: config(), now }),
});
