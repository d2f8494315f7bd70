import { CREDENTIALS } from '../../../local/aws/cloud';
import { FunctionError } from '../../../local/lambda/function-error';
import type { Invoke } from '../../../local/lambda/in-process';
import type { World } from '../../support/world';
import type { PointReport } from '../kind';
import { whileApplicationRuns } from '../harness/application';
import { Lost, type Watch } from '../harness/crossing';
import type { FaultCloud, Interference } from '../harness/fault-cloud';
import { lambdaEnvironment } from '../harness/lambda-environment';
import type { Oracle } from '../harness/oracle';
import { startStepProcess, type StepProcess } from '../harness/step-process';
import { realHandlers, STEP_VICTIMS, type CrashPoint, type StepVictim, type Victim } from './crossings';
import type { KickoffProcess } from './kickoff-process';
import { rotateBy, type Way } from './rotation-ways';

/** What Step Functions is told while Lambda has an outage. */
const OUTAGE = new FunctionError('Lambda.TooManyRequestsException', 'Rate Exceeded.');

interface Crash {
  cloud: FaultCloud;
  oracle: Oracle;
  world: World;
  point: CrashPoint;
  way: Way;
  report: PointReport;
  /** Starts the victim; by default its packaged bundle. */
  start?: (victim: Victim) => StepProcess;
  /** Needed where Secrets Manager rotates. */
  kickoff?: KickoffProcess;
  /** The steps as they run when nobody is killed. */
  handlers?: typeof realHandlers;
}

const keyOf = (victim: Victim): string => victim.charAt(0).toLowerCase() + victim.slice(1);

/** Looks, before a Lambda's promotion takes effect, whether what it promotes is proved. */
function proofOfPromotions(
  oracle: Oracle,
  world: World,
  say: (problems: readonly string[]) => void,
): NonNullable<Interference['onCall']> {
  return async ({ operation, request, accessKeyId }) => {
    const { VersionStage, MoveToVersionId = '' } = request as Record<string, string | undefined>;
    if (operation !== 'UpdateSecretVersionStage' || VersionStage !== 'AWSCURRENT') return;
    if (accessKeyId === CREDENTIALS.accessKeyId) say(await oracle.beforePromotion(world, MoveToVersionId));
  };
}

/**
 * Rotates, kills the victim's process at the point, has the rotation taken up again, and says what did not hold.
 * @returns whether the point was reached
 */
export async function crashOnce(crash: Crash): Promise<boolean> {
  const { cloud, oracle, world, point, way, report, kickoff } = crash;
  const { handlers = realHandlers, start = (name: Victim) => startStepProcess(keyOf(name)) } = crash;
  const { interference } = cloud;
  const say = (problems: readonly string[]): void => {
    for (const problem of problems) report.broken(problem);
  };
  const state = { isReached: false, isDown: false, crossings: 0 };
  let victim: StepProcess | undefined;

  const killAtPoint: Watch = async () => {
    state.crossings += 1;
    if (state.crossings !== point.index || victim === undefined) return;
    state.isReached = true;
    state.isDown = way !== 'retry' && point.victim !== 'Kickoff';
    await victim.kill();
    throw new Lost();
  };
  const deliver =
    (step: StepVictim): Invoke =>
    async (event) => {
      if (state.isDown) throw OUTAGE;
      if (step !== point.victim || victim !== undefined) return handlers[step](event);
      victim = start(step);
      interference.watch = killAtPoint;
      try {
        return await victim.invoke(event, lambdaEnvironment());
      } finally {
        interference.watch = undefined;
        if (state.isReached) say(await oracle.duringFaults(world));
      }
    };
  for (const step of STEP_VICTIMS) interference.invoke[step] = deliver(step);
  if (kickoff !== undefined) interference.kickoff = kickoff.invoke;
  if (kickoff !== undefined && point.victim === 'Kickoff') {
    victim = kickoff.current();
    interference.watchKickoff = killAtPoint;
  }
  interference.onCall = proofOfPromotions(oracle, world, say);
  try {
    await whileApplicationRuns(world, report, () =>
      rotateBy(way, cloud, world, {
        isWhole: false,
        mend: () => {
          state.isDown = false;
        },
        look: async () => {
          say(await oracle.duringFaults(world));
        },
      }),
    );
    say(await oracle.afterRecovery(world));
  } finally {
    cloud.reset();
    if (point.victim !== 'Kickoff') await victim?.kill();
  }
  return state.isReached;
}
