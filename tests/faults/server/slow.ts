import { setTimeout as delay } from 'node:timers/promises';
import { Oracle } from '../harness/oracle';
import type { FaultRun, PointReport } from '../kind';
import { look } from './half-states';
import type { Verdict } from './line';
import { legsOf, makeScene, rotateWatched, VARIANTS, type NamedLeg, type Scene, type Variant } from './scene';

/** How many rotations wait at the same time. */
const TOGETHER = 30;

/** Of the legs of handshakes; one of a statement takes half a minute to be given up. */
const SAMPLE = 6;

/** A hesitation that every limit of the driver's has room for. */
const HESITATION_MS = 500;

/** Greeting, TLS and authentication are over with this leg at the latest, a password in full included. */
const LAST_OF_HANDSHAKE = 6;

type Manner = 'dropped' | 'late' | 'hesitant';

interface Disturbance {
  variant: Variant;
  manner: Manner;
  leg: NamedLeg;
}

/**
 * The line to the server drops everything from some leg of a connection on, holds a leg back until the step that
 * waits for it has given up, or hesitates.
 */
export async function slow(run: FaultRun): Promise<void> {
  const all: Disturbance[] = [];
  for (const variant of VARIANTS) {
    all.push(...disturbances(variant, await legsOf(variant)));
  }
  const short = all.filter(({ leg }) => leg.index <= LAST_OF_HANDSHAKE);
  const chosen = (run.isBounded ? run.random.sample(short, SAMPLE) : all).filter((one) =>
    run.wants(nameOf(one)),
  );
  const isHesitant = ({ manner }: Disturbance): boolean => manner === 'hesitant';
  const oracle = await Oracle.open();
  // Many at the same time would make each other wait, which only those may that expect it.
  for (const one of chosen.filter(isHesitant)) await together([one], run, oracle);
  const others = chosen.filter((one) => !isHesitant(one));
  while (others.length > 0) await together(others.splice(0, TOGETHER), run, oracle);
  await oracle.close();
}

/** What a client says can be lost everywhere; of the answers those of the handshake have limits of their own. */
function disturbances(variant: Variant, legs: readonly NamedLeg[]): Disturbance[] {
  const handshake = legs.filter(({ index }) => index <= LAST_OF_HANDSHAKE);
  const cut = legs.filter(({ from, index }) => from === 'client' || index <= LAST_OF_HANDSHAKE);
  return [
    ...handshake.map((leg) => ({ variant, leg, manner: 'hesitant' as const })),
    ...cut.map((leg) => ({ variant, leg, manner: 'dropped' as const })),
    ...(variant === 'steady-state' ? cut.map((leg) => ({ variant, leg, manner: 'late' as const })) : []),
  ];
}

const nameOf = ({ manner, variant, leg }: Disturbance): string => `${manner}/${variant}/${leg.name}`;

/** Most of the time is waiting. One environment serves all: it lists every master and every line. */
async function together(chosen: readonly Disturbance[], run: FaultRun, oracle: Oracle): Promise<void> {
  const scenes: Scene[] = [];
  for (const { variant } of chosen) scenes.push(await makeScene(variant, { naming: 'suffix' }));
  scenes[0]?.world.setEnvironment({
    MASTER_SECRET_ARN: scenes.map(({ world }) => world.masterArn).join(','),
    DB_ENDPOINTS: scenes.map(({ line, world }) => `${world.masterArn}=${line.host}:${line.port}`).join(','),
  });
  const points = chosen.map((one, index) =>
    run.point(nameOf(one), (report) => disturb(one, { scene: scenes[index] as Scene, oracle, report })),
  );
  await Promise.all(points);
  for (const scene of scenes.reverse()) await scene.close();
}

interface Stage {
  scene: Scene;
  oracle: Oracle;
  report: PointReport;
}

async function disturb({ manner, leg }: Disturbance, { scene, oracle, report }: Stage): Promise<void> {
  const { world } = scene;
  const before = await look(world, oracle);
  const givenUp = Promise.withResolvers<undefined>();
  const giveUp = (): void => {
    givenUp.resolve(undefined);
  };
  const met = { isReached: false };
  const verdicts: Record<Manner, () => Promise<Verdict>> = {
    dropped: () => Promise.resolve('drop'),
    late: async () => {
      await givenUp.promise;
      return 'pass';
    },
    hesitant: () => delay(HESITATION_MS, 'pass' as const),
  };
  const application = async (): Promise<void> => {
    report.logins(1, (await world.currentSecretWorks()) ? 0 : 1);
  };
  const { record, errors } = await rotateWatched(scene, {
    onLeg: async ({ number }) => {
      if (met.isReached || number !== leg.number) return 'pass';
      met.isReached = true;
      await application();
      return verdicts[manner]();
    },
    onFailure: giveUp,
    onEnd: giveUp,
  });
  if (!met.isReached) report.broken('the rotation never came to this point');
  if (record.status !== 'SUCCEEDED') {
    report.broken(`ended with ${record.status} ${record.error}: ${record.cause}`);
  }
  for (const problem of wrongErrors(manner, errors)) report.broken(problem);
  if ((await world.labels())['AWSCURRENT'] === before.currentVersion) report.broken('nothing was promoted');
  await application();
  for (const problem of await oracle.afterRecovery(world)) report.broken(problem);
}

/** A session whose end is lost too keeps its lock until the server has waited long enough. */
function wrongErrors(manner: Manner, errors: readonly string[]): string[] {
  if (manner === 'hesitant') {
    return errors.length === 0 ? [] : [`an answer that came in time was given up: ${errors.join(', ')}`];
  }
  const [first = 'DatabaseUnavailableError', ...later] = errors;
  const isRight =
    first === 'DatabaseUnavailableError' &&
    later.every((name) => name === 'DatabaseUnavailableError' || name === 'DatabaseBusyError');
  return isRight ? [] : [`the server was silent, and attempts failed with ${errors.join(', ')}`];
}
