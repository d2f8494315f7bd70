import { preflight } from '../lib/rotation/preflight/preflight';
import { createSecretInput } from '../lib/rotation/state';
import { config, connectionProbe, databaseEngine, now, secretStore } from '../lib/runtime';
import { defineStep } from '../lib/step';

/** State `Preflight`: tells what would go wrong, without changing anything. Safe to repeat. */
export const handler = defineStep({
  name: 'Preflight',
  input: createSecretInput,
  run: (input) =>
    preflight(input, {
      secrets: secretStore(),
      engine: databaseEngine(),
      probe: connectionProbe(),
      config: config(),
      now,
    }),
});
