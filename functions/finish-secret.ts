import { finishSecret } from '../lib/rotation/finish-secret';
import { rotationState } from '../lib/rotation/state';
import { secretStore } from '../lib/runtime';
import { defineStep } from '../lib/step';

/** State `FinishSecret`: moves AWSCURRENT to the pending version, if nobody else moved it. Safe to repeat. */
export const handler = defineStep({
  name: 'FinishSecret',
  input: rotationState,
  run: (state) => finishSecret(state, { secrets: secretStore() }),
});
