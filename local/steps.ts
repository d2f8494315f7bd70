import { handler as createSecret } from '../functions/create-secret';
import { handler as finishSecret } from '../functions/finish-secret';
import { handler as preflight } from '../functions/preflight';
import { handler as setSecret } from '../functions/set-secret';
import { handler as testSecret } from '../functions/test-secret';
import { asFunction } from './lambda/as-function';
import type { RunOptions } from './state-machine/run-state-machine';

/** The real handlers, by the state that calls each. They read their settings from this process's environment. */
export const steps = {
  Preflight: asFunction('preflight', preflight),
  CreateSecret: asFunction('createSecret', createSecret),
  SetSecret: asFunction('setSecret', setSecret),
  TestSecret: asFunction('testSecret', testSecret),
  FinishSecret: asFunction('finishSecret', finishSecret),
} satisfies RunOptions['handlers'];
