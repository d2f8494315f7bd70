import { setTimeout as delay } from 'node:timers/promises';
import { redriveExecution } from '../acts/executions';
import { no, notAnswered, yes, type Experiment } from '../experiment';
import { beginAndStop } from '../follow/stop-rotation';
import { untilCurrent } from '../follow/until-current';
import { noteHistory, statusOf } from '../looks/history';
import { SecretWatch } from '../looks/secret';
import { lookUp, ROTATION_EVENTS } from '../looks/trail';
import { seconds } from '../pace';
import { pollUntil } from '../poll-until';

export const lateRedrive: Experiment = {
  id: 'late-redrive',
  question: 'Does LastRotatedDate move after a late redrive?',
  does: "stops a rotation's execution at once, re-drives it --late-after seconds later, and watches LastRotatedDate for --retry-window",
  noContradictsDesign: false,
  longestMs: ({ rotationMs, lateMs, retryWindowMs }) => 2 * rotationMs + lateMs + retryWindowMs,
  run: async (bench) => {
    const { signal, pace } = bench;
    const watch = new SecretWatch(bench);
    const before = (await watch.look()).lastRotatedDate?.getTime();
    const { rotation, whyNot } = await beginAndStop(bench);
    if (rotation === undefined) return notAnswered(whyNot);
    await delay(pace.lateMs, undefined, { signal }); // being late is what is tried
    await redriveExecution(bench, rotation.executionArn);
    const currentAt = await untilCurrent(bench, watch, rotation);
    await noteHistory(bench, rotation.executionArn);
    if (currentAt === undefined) {
      const status = await statusOf(bench, rotation.executionArn);
      return notAnswered(`AWSCURRENT did not move after the redrive: the execution is ${status}`);
    }
    const moved = await pollUntil({ everyMs: pace.pollMs, limitMs: pace.retryWindowMs, signal }, async () => {
      const { lastRotatedDate } = await watch.look();
      return lastRotatedDate?.getTime() === before ? undefined : lastRotatedDate;
    });
    await lookUp(bench, {
      names: ROTATION_EVENTS,
      since: rotation.askedAt,
      mentions: bench.target.secretArn,
    });
    const redriven = `AWSCURRENT had moved by ${currentAt.toISOString()}, ${seconds(pace.lateMs)} after the failure and more`;
    return moved === undefined
      ? no(`it had not moved ${seconds(pace.retryWindowMs)} later; ${redriven}`)
      : yes(`it became ${moved.toISOString()}; ${redriven}`);
  },
};
