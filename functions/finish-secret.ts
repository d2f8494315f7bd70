import { finishSecret } from '../lib/rotation/finish-secret';
import { finishSecretInput } from '../lib/rotation/state';
import { secretStore } from '../lib/runtime';
import { defineStep } from '../lib/step';

/** State `FinishSecret`: moves AWSCURRENT to the pending version, if nobody else moved it. Safe to repeat. */
export const handler = defineStep({
  name: 'FinishSecret',
  input: finishSecretInput,
  run: (input) => finishSecret(input, { secrets: secretStore() }),
});
