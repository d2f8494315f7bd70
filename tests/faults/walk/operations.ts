import { randomUUID } from 'node:crypto';
import { UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import type { World } from '../../support/world';
import { realHandlers, type StepVictim } from '../crash/crossings';
import type { FaultCloud } from '../harness/fault-cloud';
import { cancelRotation, rotateBySecretsManager } from '../harness/rotations';
import type { Randomness } from '../randomness';
import { redrive, start } from './executions';
import { allowedForSchedule, OVERTAKEN, type Model, type Outcome } from './model';
import { withCrash } from './sudden-death';

export interface Scene {
  cloud: FaultCloud;
  world: World;
  model: Model;
  random: Randomness;
}

type Operation = (scene: Scene) => Promise<Outcome>;

const quiet = (what: string): Outcome => ({ what, ended: undefined, allowed: [], mayMove: false });

const other = ({ world }: Scene, username: string): string =>
  world.users[username === world.users[0] ? 1 : 0];

/** A schedule, delivered once, perhaps again later under the same time. */
const schedule: Operation = async ({ cloud, world, model }) => {
  const allowed = allowedForSchedule(model);
  const scheduledTime = new Date(Date.UTC(2026, 0, 1) + model.delivered.length * 86_400_000).toISOString();
  const ended = await start(cloud, world, model, { scheduledTime });
  model.delivered.push(scheduledTime);
  return { what: 'a schedule', ended, allowed, mayMove: false };
};

const scheduleAgain: Operation = async (scene) => {
  const { cloud, world, model, random } = scene;
  if (model.delivered.length === 0) return schedule(scene);
  const scheduledTime = random.pick(model.delivered);
  // It may be the rotation of the current version, of one that is over, or of one that failed and is pending.
  const allowed = [...allowedForSchedule(model), 'SUCCEEDED', ...OVERTAKEN];
  const ended = await start(cloud, world, model, { scheduledTime });
  return { what: 'a schedule delivered again', ended, allowed, mayMove: false };
};

const scheduleWithCrash: Operation = async ({ cloud, world, model, random }) => {
  const allowed = [...allowedForSchedule(model), 'Lambda.TooManyRequestsException'];
  const ended = await withCrash(cloud, random, () => start(cloud, world, model, {}));
  return { what: 'a schedule with a crash', ended, allowed, mayMove: true };
};

const redriveAny: Operation = async (scene) => {
  const { cloud, model, random } = scene;
  if (model.failed.length === 0) return schedule(scene);
  const execution = random.pick(model.failed);
  const ended = await redrive(cloud, model, execution);
  const allowed = ['SUCCEEDED', ...OVERTAKEN, ...allowedForSchedule(model)];
  return { what: 'a redrive', ended, allowed, mayMove: false };
};

const secretsManager: Operation = async ({ cloud, world, model, random }) => {
  const { AWSCURRENT, AWSPENDING } = model.labels;
  const isBlocked = AWSPENDING !== undefined && AWSPENDING !== AWSCURRENT;
  const rotate = async (): Promise<string> => {
    const isDone = await rotateBySecretsManager(cloud, world);
    model.owner = 'secrets-manager';
    return isDone ? 'SUCCEEDED' : 'given up';
  };
  const ended = await (random.below(2) === 0 ? withCrash(cloud, random, rotate, true) : rotate()).catch(
    (error: unknown) => (error as Error).name,
  );
  await cloud.settled();
  const allowed = [isBlocked ? 'InvalidRequestException' : 'SUCCEEDED'];
  return { what: 'a rotation by Secrets Manager', ended, allowed, mayMove: false };
};

const giveBack: Operation = async ({ world, model }) => {
  if (model.owner === 'secrets-manager') {
    await cancelRotation(world);
  }
  model.owner = 'schedule';
  return quiet('the cancelling of rotation');
};

/** Somebody writes a pending version by hand. */
const plantPending: Operation = async (scene) => {
  const { world, random } = scene;
  const current = await world.secret();
  const fits = random.below(2) === 0;
  const username = fits ? other(scene, current.username) : 'somebody_else';
  await world.putSecret({ ...current, username, password: `Planted-${randomUUID()}` }, 'AWSPENDING');
  return quiet(`a pending version that ${fits ? 'fits' : 'does not fit'}, written by hand`);
};

const takePendingAway: Operation = async ({ world, model }) => {
  const { AWSPENDING } = model.labels;
  if (AWSPENDING !== undefined) {
    await world.client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: world.secretArn,
        VersionStage: 'AWSPENDING',
        RemoveFromVersionId: AWSPENDING,
      }),
    );
  }
  return quiet('AWSPENDING taken away by hand');
};

/** Rights of the application change, as they do when it is released. */
const changeRights: Operation = async ({ world, model }) => {
  const { username } = await world.secret();
  const rights = `CREATE VIEW, SHOW VIEW ON \`${world.database.replaceAll('_', '\\_')}\`.*`;
  await world.admin.run(
    model.extraRights ? `REVOKE IF EXISTS ${rights} FROM '${username}'` : `GRANT ${rights} TO '${username}'`,
  );
  model.extraRights = !model.extraRights;
  return quiet('a change of the rights of the current user');
};

const disturbStandby: Operation = async (scene) => {
  const { world, random } = scene;
  const standby = other(scene, (await world.secret()).username);
  const statement = random.pick([
    `DROP USER IF EXISTS '${standby}'`,
    `ALTER USER IF EXISTS '${standby}' IDENTIFIED BY 'by hand' ACCOUNT UNLOCK`,
    `ALTER USER IF EXISTS '${standby}' ACCOUNT LOCK`,
  ]);
  await world.admin.run(statement);
  return quiet(`${statement.split(' ').slice(0, 2).join(' ')} of the standby by hand`);
};

/** A step's call that was made before arrives once more, now. */
const repeatCall: Operation = async (scene) => {
  const { model, random } = scene;
  if (model.calls.length === 0) return schedule(scene);
  const { step, event } = random.pick(model.calls);
  const ended = await realHandlers[step as StepVictim](event).then(
    () => 'done',
    (error: unknown) => (error as Error).name,
  );
  const refusals = [
    'SetAgainRequiredError',
    'ProofOutdatedError',
    'PendingCredentialRejectedError',
    'RotationOwnershipError',
  ];
  const allowed = [
    'done',
    ...OVERTAKEN,
    ...refusals,
    'PendingVersionMismatchError',
    'PendingVersionEmptyError',
  ];
  // A FinishSecret of a rotation that failed after its proof promotes, as its redrive would.
  return { what: `a late ${step}`, ended, allowed, mayMove: step === 'FinishSecret' };
};

/** How often each is chosen. */
const WEIGHTS: readonly (readonly [number, Operation])[] = [
  [5, schedule],
  [2, scheduleAgain],
  [5, scheduleWithCrash],
  [4, redriveAny],
  [3, secretsManager],
  [3, giveBack],
  [1, plantPending],
  [2, takePendingAway],
  [2, changeRights],
  [2, disturbStandby],
  [3, repeatCall],
];

const BAG = WEIGHTS.flatMap(([weight, operation]) => Array<Operation>(weight).fill(operation));

/** Does whatever chance chooses. */
export const operate = (scene: Scene): Promise<Outcome> => scene.random.pick(BAG)(scene);
