import type { Invoke } from '../../../local/lambda/in-process';
import type { FaultCloud } from '../harness/fault-cloud';
import { lambdaEnvironment } from '../harness/lambda-environment';
import { startStepProcess, type StepProcess } from '../harness/step-process';

/** A kickoff in a process of its own, with wires of its own: it speaks at the same time as the steps. */
export interface KickoffProcess {
  invoke: Invoke;
  /** The one that is warm now; a new one is started when it is gone. */
  current(): StepProcess;
  close(): Promise<void>;
}

export function kickoffProcess({ kickoffEnvironment }: FaultCloud): KickoffProcess {
  let warm: StepProcess | undefined;
  const current = (): StepProcess => {
    if (warm?.isAlive !== true) warm = startStepProcess('kickoff');
    return warm;
  };
  return {
    current,
    invoke: async (event) => {
      await current().invoke(event, lambdaEnvironment(kickoffEnvironment));
      return null;
    },
    close: async () => warm?.kill(),
  };
}
