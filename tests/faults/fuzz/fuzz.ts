import type { FaultRun } from '../kind';
import { anyEventProperties } from './any-events';
import { Arena } from './arena';
import { currentSecretProperties } from './current-secret';
import { executionInputProperties } from './execution-inputs';
import { fencedSecretProperties } from './fenced-secrets';
import { masterSecretProperties } from './master-secrets';
import { nameProperties } from './names';
import type { Check } from './property';
import { recordedStateProperties } from './recorded-states';
import { reportProperties } from './reports';
import { rotationEventProperties } from './rotation-events';
import { secretsOfBytes } from './secrets-of-bytes';
import { settingProperties } from './settings';

const LARGEST_SEED = 2 ** 31 - 1;

/** By part; each part has a pair of users of its own. */
const checks: Readonly<Record<string, readonly ((arena: Arena) => Check[])[]>> = {
  secrets: [currentSecretProperties, secretsOfBytes],
  versions: [fencedSecretProperties, masterSecretProperties, nameProperties],
  inputs: [
    executionInputProperties,
    recordedStateProperties,
    rotationEventProperties,
    reportProperties,
    settingProperties,
    anyEventProperties,
  ],
};

/** Tries what must hold for every shape of what comes from outside. */
export async function run(run: FaultRun): Promise<void> {
  const arena = await Arena.open();
  try {
    for (const check of (checks[run.part] ?? []).flatMap((makeChecks) => makeChecks(arena))) {
      // Drawn for every check, wanted or not: a seed must always mean the same.
      const seed = run.random.below(LARGEST_SEED);
      if (run.wants(check.name)) await check.try(run, seed);
    }
  } finally {
    await arena.close();
  }
}
