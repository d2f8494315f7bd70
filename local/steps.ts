import { handler as createSecret } from '../functions/create-secret';
import { handler as finishSecret } from '../functions/finish-secret';
import { handler as preflight } from '../functions/preflight';
import { handler as setSecret } from '../functions/set-secret';
import { handler as testSecret } from '../functions/test-secret';
import type { RunOptions } from './state-machine/run-state-machine';

/** The real handlers, by the state that calls each. They read their settings from this process's environment. */
export const steps = {
  Preflight: preflight,
  CreateSecret: createSecret,
  SetSecret: setSecret,
  TestSecret: testSecret,
  FinishSecret: finishSecret,
} satisfies RunOptions['handlers'];
