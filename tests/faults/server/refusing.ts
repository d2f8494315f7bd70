import { logsIn } from '../../support/database';
import { Oracle } from '../harness/oracle';
import type { FaultRun, PointReport } from '../kind';
import { halfStates, look } from './half-states';
import { REFUSALS, type Refusal } from './refusals';
import { requireRotated } from './observed-rotation';
import type { Verdict } from './line';
import { legsOf, rotateWatched, VARIANTS, withScene, type NamedLeg, type Scene } from './scene';

/** Of each state of the server and each kind of rotation. */
const SAMPLE = 1;

/** One try and the retrier's six. */
const ATTEMPTS = 7;

/** The server goes into a state in which it refuses, before each thing that a rotation says to it. */
export async function refusing(run: FaultRun): Promise<void> {
  const oracle = await Oracle.open();
  for (const variant of VARIANTS) {
    const legs = questions(await legsOf(variant));
    for (const refusal of REFUSALS) {
      // Whoever is connected stays so: what matters is only whether a connection is still to be made.
      const possible = refusal.refuses === 'connections' ? firstOfEachConnection(legs) : legs;
      for (const leg of run.isBounded ? run.random.sample(possible, SAMPLE) : possible) {
        await run.point(`${refusal.name}/${variant}/${leg.name}`, (report) =>
          withScene(variant, (scene) => refuseFrom(leg, refusal, { scene, oracle, report })),
        );
      }
    }
  }
  await oracle.close();
}

/** What the server answers: for its goodbye a step does not wait, and may be done before the server refuses. */
function questions(legs: readonly NamedLeg[]): NamedLeg[] {
  const isAnswered = ({ connection, index }: NamedLeg): boolean =>
    legs.some((leg) => leg.connection === connection && leg.index === index + 1);
  return legs.filter((leg) => leg.from === 'client' && isAnswered(leg));
}

const firstOfEachConnection = (legs: readonly NamedLeg[]): NamedLeg[] =>
  legs.filter(({ index }) => index === 1);

interface Stage {
  scene: Scene;
  oracle: Oracle;
  report: PointReport;
}

async function refuseFrom(leg: NamedLeg, refusal: Refusal, { scene, oracle, report }: Stage): Promise<void> {
  const { world } = scene;
  const before = await look(world, oracle);
  const held = { isReached: false, isSet: false };
  try {
    const { record, errors } = await rotateWatched(scene, {
      onLeg: async ({ number }): Promise<Verdict> => {
        if (held.isReached || number !== leg.number) return 'pass';
        held.isReached = true;
        held.isSet = await logsIn(await world.secret('AWSPENDING'));
        await world.admin.run(...refusal.begin);
        return 'pass';
      },
    });
    if (!held.isReached) report.broken('the rotation never came to this point');
    // Going offline ends sessions without a word.
    const isCutOff = refusal.refuses === 'everything' && errors[0] === 'DatabaseUnavailableError';
    if (errors.slice(isCutOff ? 1 : 0).some((name) => name !== 'DatabaseBusyError')) {
      report.broken(`the server refused, and attempts failed with ${errors.join(', ')}`);
    }
    const isExpected = refusal.refuses === 'writes' ? !held.isSet : leg.connection === 1;
    if (isExpected && (record.error !== 'DatabaseBusyError' || errors.length < ATTEMPTS)) {
      report.broken(
        `refused, and ended with ${record.status} ${record.error} after ${errors.length} attempts`,
      );
    }
    if (refusal.refuses === 'writes') {
      if (held.isSet && errors.length > 0) report.broken('what only reads was refused');
      report.logins(1, (await world.currentSecretWorks()) ? 0 : 1);
    }
    if (record.status !== 'SUCCEEDED') {
      await world.admin.run(...refusal.end);
      for (const problem of await halfStates(world, oracle, before)) report.broken(problem);
      await requireRotated(scene.world);
    }
  } finally {
    await world.admin.run(...refusal.end);
  }
  report.logins(1, (await world.currentSecretWorks()) ? 0 : 1);
  for (const problem of await oracle.afterRecovery(world)) report.broken(problem);
}
