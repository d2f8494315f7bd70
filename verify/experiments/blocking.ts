import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { notedCall } from '../acts/noted-call';
import { rotateSecret } from '../acts/rotate-secret';
import type { Bench } from '../bench';
import { no, notAnswered, yes, type Experiment } from '../experiment';
import { untilCurrent } from '../follow/until-current';
import { untilVerdict } from '../follow/until-verdict';
import { noteHistory, statusOf } from '../looks/history';
import { SecretWatch } from '../looks/secret';
import { seconds } from '../pace';

const definition = z.object({
  States: z.object({ WaitForPasswordPropagation: z.object({ Seconds: z.number() }) }),
});

export const blocking: Experiment = {
  id: 'blocking',
  question: 'May a step of the rotation function block for 300 to 600 s?',
  does: 'has Secrets Manager rotate the secret once, with a state machine that was deployed to take that long',
  noContradictsDesign: true,
  longestMs: ({ rotationMs, trailLagMs }) => 2 * rotationMs + trailLagMs,
  run: async (bench) => {
    const { blockingMs, rotationMs } = bench.pace;
    const deployed = await deployedWaitMs(bench);
    if (deployed < blockingMs) {
      const wanted = Math.ceil(blockingMs / 1000);
      return notAnswered(
        `the deployed execution waits ${seconds(deployed)}: deploy with DB_PASSWORD_PROPAGATION_WAIT=${wanted} and KICKOFF_WAIT=600`,
      );
    }
    const watch = new SecretWatch(bench);
    await watch.look();
    const rotation = await rotateSecret(bench);
    const currentAt = await untilCurrent(bench, watch, rotation);
    const events = await noteHistory(bench, rotation.executionArn);
    if (currentAt === undefined) {
      const status = await statusOf(bench, rotation.executionArn);
      return notAnswered(`AWSCURRENT did not move: the execution is ${status}`);
    }
    const { succeeded, failed } = await untilVerdict(bench, watch, rotation, rotationMs);
    const tookMs = (events.at(-1)?.timestamp?.getTime() ?? 0) - (events[0]?.timestamp?.getTime() ?? 0);
    if (failed.length > 0) {
      const then = succeeded === undefined ? '' : '; a later attempt succeeded';
      return no(`RotationFailed ${failed.length} times with an execution of ${seconds(tookMs)}${then}`);
    }
    return succeeded === undefined
      ? notAnswered('CloudTrail showed neither RotationSucceeded nor RotationFailed: raise --trail-lag')
      : yes(`one attempt, with an execution of ${seconds(tookMs)}, was RotationSucceeded`);
  },
};

/** Between SetSecret and TestSecret, as it was deployed. */
async function deployedWaitMs(bench: Bench): Promise<number> {
  const { stateMachineArn } = bench.target;
  const answer = await notedCall(
    bench,
    'Step Functions',
    bench.clients.states.send(new DescribeStateMachineCommand({ stateMachineArn })),
    (described) => `DescribeStateMachine: WaitForPasswordPropagation ${secondsIn(described)} s`,
  );
  return secondsIn(answer) * 1000;
}

function secondsIn(described: { definition?: string | undefined }): number {
  return definition.parse(JSON.parse(described.definition ?? '{}')).States.WaitForPasswordPropagation.Seconds;
}
