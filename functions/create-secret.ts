import { createSecret } from '../lib/rotation/create-secret';
import { createSecretInput } from '../lib/rotation/state';
import { config, now, secretStore } from '../lib/runtime';
import { defineStep } from '../lib/step';

/** State `CreateSecret`: makes sure that a pending version exists and names the standby user. Safe to repeat. */
export const handler = defineStep({
  name: 'CreateSecret',
  input: createSecretInput,
  run: (input) => createSecret(input, { secrets: secretStore(), config: config(), now }),
});
