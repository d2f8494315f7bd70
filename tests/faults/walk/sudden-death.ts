import { invokeKickoff } from '../../../local/aws/cloud';
import { FunctionError } from '../../../local/lambda/function-error';
import type { Invoke } from '../../../local/lambda/in-process';
import { realHandlers, STEP_VICTIMS } from '../crash/crossings';
import { Lost } from '../harness/crossing';
import type { FaultCloud } from '../harness/fault-cloud';
import type { Randomness } from '../randomness';

const OUTAGE = new FunctionError('Lambda.TooManyRequestsException', 'Rate Exceeded.');

/** About as many crossings as a rotation has. */
const CROSSINGS = 130;

/**
 * Runs a rotation in which everything that a step says is lost from some crossing on, and functions are down
 * afterwards: until the rotation has ended, or, with `recovers`, until its execution or kickoff has failed.
 */
export async function withCrash<Result>(
  cloud: FaultCloud,
  random: Randomness,
  use: () => Promise<Result>,
  recovers = false,
): Promise<Result> {
  const { interference } = cloud;
  let left = random.below(CROSSINGS);
  const state = { isDown: false, isOver: false };
  interference.watch = () => {
    left -= 1;
    if (left > 0 || state.isOver) return;
    state.isDown = true;
    throw new Lost();
  };
  const recover = (): void => {
    if (!recovers || !state.isDown) return;
    state.isOver = true;
    state.isDown = false;
  };
  interference.onStatusChange = ({ status }) => {
    if (status === 'FAILED') recover();
  };
  // Kickoff's calls are lost too, perhaps before there is an execution; Secrets Manager calls it again.
  interference.kickoff = (event) =>
    invokeKickoff(event).catch((error: unknown) => {
      recover();
      throw error;
    });
  for (const step of STEP_VICTIMS) {
    const dying: Invoke = async (event) => {
      const requireUp = (): void => {
        if (state.isDown) throw OUTAGE;
      };
      requireUp();
      // What a dead process would have answered or thrown is heard by nobody.
      return realHandlers[step](event).finally(requireUp);
    };
    interference.invoke[step] = dying;
  }
  try {
    return await use();
  } finally {
    state.isOver = true;
    cloud.reset();
  }
}
