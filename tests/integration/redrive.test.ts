import { randomUUID } from 'node:crypto';
import { DeleteSecretCommand, RestoreSecretCommand } from '@aws-sdk/client-secrets-manager';
import type { AwsErrorName } from '../../local/aws/secrets-manager/errors';
import { testCloud } from '../support/cloud';
import {
  beforeTestSecret,
  courseOf,
  execute,
  expectFailed,
  expectFinished,
  leaveAlone,
  mendAll,
  redrive,
  refuse,
  testLine,
  type Task,
} from '../support/redrive';
import type { World } from '../support/world';
import type { WorldOptions } from '../support/world-options';

const test = testCloud();
const line = testLine();

interface Fault {
  error: string;
  options?: () => WorldOptions;
  happen: (world: World) => unknown;
  /** @param message what the step said, which may hold the remedy */
  mend: (world: World, message: string) => unknown;
}

function refusing(operation: string, name: AwsErrorName, error: string): Fault {
  return {
    error,
    happen: refuse(operation, name),
    mend: leaveAlone,
  };
}

async function putMaster(world: World, password: string, stage: string): Promise<void> {
  const value = JSON.stringify({ ...(await world.secret('AWSCURRENT', world.masterArn)), password });
  world.secrets.seed.version(world.masterArn, { versionId: randomUUID(), value, stages: [stage] });
}

const unreachable: Fault = {
  error: 'DatabaseUnavailableError',
  options: () => line.options,
  happen: line.cut,
  mend: line.mend,
};

const masterPassword: Fault = {
  error: 'MasterCredentialRejectedError',
  happen: async (world) => {
    await putMaster(world, 'stale', 'AWSCURRENT');
    await putMaster(world, 'not set yet', 'AWSPENDING');
  },
  mend: (world) => putMaster(world, world.master.password, 'AWSCURRENT'),
};

const rights: Fault = {
  error: 'GrantNotPossibleError',
  happen: ({ admin, users: [current] }) => admin.run(`GRANT SELECT ON elsewhere.* TO '${current}'`),
  mend: ({ admin }, message) => admin.run(/\(remedy: (.*?)\)/.exec(message)?.[1] ?? 'no remedy'),
};

const masterSecret: Fault = {
  error: 'MasterSecretNotFoundError',
  options: () => ({
    secret: { masterarn: undefined },
    environment: {
      MASTER_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:mistyped-AbCdEf',
    },
  }),
  happen: () => undefined,
  mend: (world) => {
    world.setEnvironment({ MASTER_SECRET_ARN: world.masterArn });
  },
};

const masterDeleted: Fault = {
  error: 'SecretMarkedForDeletionError',
  happen: ({ client, masterArn }) => client.send(new DeleteSecretCommand({ SecretId: masterArn })),
  mend: ({ client, masterArn }) => client.send(new RestoreSecretCommand({ SecretId: masterArn })),
};

const cutBeforeTest: Fault = {
  ...unreachable,
  happen: (world) => {
    beforeTestSecret(world, line.cut);
  },
  mend: (world) => mendAll(world, line),
};

const lockedBeforeTest: Fault = {
  error: 'PendingCredentialRejectedError',
  happen: (world) => {
    beforeTestSecret(world, () => world.admin.run(`ALTER USER '${world.users[1]}' ACCOUNT LOCK`));
  },
  mend: leaveAlone,
};

const denied = (operation: string) => refusing(operation, 'AccessDeniedException', 'SecretAccessDeniedError');
const silent = (operation: string) =>
  refusing(operation, 'InternalServiceError', 'SecretStoreUnavailableError');

const FAULTS: [Task, cause: string, Fault][] = [
  ['CreateSecret', 'its role may not describe the secret', denied('DescribeSecret')],
  ['CreateSecret', 'its role may not write the pending version', denied('PutSecretValue')],
  ['CreateSecret', 'Secrets Manager does not answer', silent('GetRandomPassword')],
  ['CreateSecret', 'the master secret does not exist', masterSecret],
  ['SetSecret', 'the server cannot be reached', unreachable],
  ['SetSecret', 'no version of the master secret logs in', masterPassword],
  ['CreateSecret', 'the master secret was deleted', masterDeleted],
  ['SetSecret', 'the master lacks a right, and its remedy is run', rights],
  ['TestSecret', 'the server cannot be reached any more', cutBeforeTest],
  ['TestSecret', 'somebody locks the pending account again and again', lockedBeforeTest],
  ['FinishSecret', 'its role may not move the label', denied('UpdateSecretVersionStage')],
  ['FinishSecret', 'Secrets Manager does not answer', silent('UpdateSecretVersionStage')],
];

describe('F1: a rotation that failed for good completes when it is re-driven, under the same version id', () => {
  it.each(FAULTS)('at %s, because %s', async (at, _cause, { error, options, happen, mend }) => {
    const world = await test.makeWorld(options?.());
    const { AWSCURRENT: original } = await world.labels();
    await happen(world);

    const failed = await expectFailed(test, world, await execute(test, world), { at, error });
    expect(await world.labels()).toMatchObject({ AWSCURRENT: original });
    await mend(world, failed.message);

    await expectFinished(test, world, failed);
    expect(await world.labels()).toMatchObject({ AWSPREVIOUS: original });
  });

  it('at each Task in turn, by one redrive per failure', async () => {
    const world = await test.makeWorld(line.options);
    const expectAt = (at: Task, error: string, execution: Awaited<ReturnType<typeof execute>>) =>
      expectFailed(test, world, execution, { at, error });
    const refusedWrite = denied('PutSecretValue');
    await refusedWrite.happen(world);
    const failed = await expectAt('CreateSecret', refusedWrite.error, await execute(test, world));
    const { executionArn } = failed;
    await refusedWrite.mend(world, '');
    await line.cut();
    await expectAt('SetSecret', unreachable.error, await redrive(test, executionArn));
    await line.mend();
    await cutBeforeTest.happen(world);
    await expectAt('TestSecret', unreachable.error, await redrive(test, executionArn));
    await line.mend();
    const refusedMove = denied('UpdateSecretVersionStage');
    await refusedMove.happen(world);
    await expectAt('FinishSecret', refusedMove.error, await redrive(test, executionArn));
    await refusedMove.mend(world, '');

    await expectFinished(test, world, failed, 4);
  });
});

describe('F1: a preflight that failed is asked again when it is re-driven', () => {
  const PREFLIGHT_FAULTS: [cause: string, Fault][] = [
    ['the server could not be reached', unreachable],
    ['the master lacked a right', rights],
    ['no version of the master secret logged in', masterPassword],
    ['its role might not describe the secret', denied('DescribeSecret')],
  ];

  it.each(PREFLIGHT_FAULTS)('after %s', async (_cause, { error, options, happen, mend }) => {
    const world = await test.makeWorld(options?.());
    const before = await world.labels();
    await happen(world);

    const execution = await execute(test, world, { operation: 'preflight' });
    const { executionArn, message } = await expectFailed(test, world, execution, { at: 'Preflight', error });
    await mend(world, message);

    expect(await redrive(test, executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      executionArn,
      redriveCount: 1,
    });
    expect(await courseOf(test, executionArn)).toEqual([]);
    expect(await world.labels()).toEqual(before);
  });
});
