import { rotateSecret } from '../acts/rotate-secret';
import { no, notAnswered, yes, type Experiment } from '../experiment';
import { untilCurrent } from '../follow/until-current';
import { untilVerdict } from '../follow/until-verdict';
import { noteHistory, statusOf } from '../looks/history';
import { SecretWatch } from '../looks/secret';
import { lookUp } from '../looks/trail';

export const promotion: Experiment = {
  id: 'promotion',
  question: "Does a promotion by a step's role count as RotationSucceeded?",
  does: 'has Secrets Manager rotate the secret once through kickoff, and only watches',
  noContradictsDesign: true,
  longestMs: ({ rotationMs, trailLagMs }) => 2 * rotationMs + trailLagMs,
  run: async (bench) => {
    const { secretArn } = bench.target;
    const watch = new SecretWatch(bench);
    await watch.look();
    const rotation = await rotateSecret(bench);
    const currentAt = await untilCurrent(bench, watch, rotation);
    await noteHistory(bench, rotation.executionArn);
    if (currentAt === undefined) {
      const status = await statusOf(bench, rotation.executionArn);
      return notAnswered(`AWSCURRENT did not move: the execution is ${status}`);
    }
    const { succeeded, failed } = await untilVerdict(bench, watch, rotation, bench.pace.rotationMs);
    // Shows whose role it was that moved the label.
    await lookUp(bench, {
      names: ['UpdateSecretVersionStage'],
      since: rotation.askedAt,
      mentions: secretArn,
    });
    const attempts = failed.length === 0 ? '' : `, after ${failed.length} failed attempts`;
    if (succeeded !== undefined) {
      return yes(`RotationSucceeded at ${succeeded.at.toISOString()}${attempts}`);
    }
    return failed.length > 0
      ? no(
          `RotationFailed ${failed.length} times, although AWSCURRENT had moved by ${currentAt.toISOString()}`,
        )
      : notAnswered('CloudTrail showed neither RotationSucceeded nor RotationFailed: raise --trail-lag');
  },
};
