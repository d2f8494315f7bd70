import { redriveExecution } from '../acts/executions';
import { no, notAnswered, yes, type Experiment } from '../experiment';
import { beginAndStop } from '../follow/stop-rotation';
import { untilCurrent } from '../follow/until-current';
import { untilFailed, untilVerdict } from '../follow/until-verdict';
import { noteHistory, statusOf } from '../looks/history';
import { SecretWatch } from '../looks/secret';
import { secondOf } from '../looks/trail';

export const earlyPromotion: Experiment = {
  id: 'early-promotion',
  question:
    'Does a promotion count as RotationSucceeded when AWSCURRENT moves before Secrets Manager has called testSecret and finishSecret?',
  does: "stops a rotation's execution at once, re-drives it when the attempt has failed, and waits for the next attempt, which finds the version promoted",
  noContradictsDesign: true,
  longestMs: ({ rotationMs, trailLagMs, retryWindowMs }) => 3 * rotationMs + 2 * trailLagMs + retryWindowMs,
  run: async (bench) => {
    const watch = new SecretWatch(bench);
    await watch.look();
    const { rotation, whyNot } = await beginAndStop(bench);
    if (rotation === undefined) return notAnswered(whyNot);
    if (!(await untilFailed(bench, rotation))) {
      return notAnswered('CloudTrail showed no RotationFailed for the attempt that was stopped');
    }
    await redriveExecution(bench, rotation.executionArn);
    const currentAt = await untilCurrent(bench, watch, rotation);
    await noteHistory(bench, rotation.executionArn);
    if (currentAt === undefined) {
      const status = await statusOf(bench, rotation.executionArn);
      return notAnswered(`AWSCURRENT did not move after the redrive: the execution is ${status}`);
    }
    const { succeeded, failed, started } = await untilVerdict(
      bench,
      watch,
      rotation,
      bench.pace.retryWindowMs,
    );
    const moved = `AWSCURRENT had moved by ${currentAt.toISOString()}`;
    if (succeeded !== undefined) {
      const begun = started.at(-1)?.at;
      // Whether it had called testSecret by then cannot be seen from here.
      return begun !== undefined && started.length > 1 && begun < secondOf(currentAt)
        ? notAnswered(`the attempt that succeeded had begun at ${begun.toISOString()}; ${moved}: ask again`)
        : yes(
            `RotationSucceeded at ${succeeded.at.toISOString()}, after ${failed.length} failed attempts; ${moved}`,
          );
    }
    const after = failed.filter(({ at }) => at > currentAt);
    return after.length > 0
      ? no(`RotationFailed ${after.length} times more, although AWSCURRENT had moved`)
      : notAnswered('Secrets Manager did not try again in time: raise --retry-window');
  },
};
