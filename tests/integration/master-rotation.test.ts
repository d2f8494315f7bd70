import { randomUUID } from 'node:crypto';
import { isMasterRotating, masterCandidates } from '../../lib/secrets/master-credential';
import { SecretsManagerStore } from '../../lib/secrets/secrets-manager-store';
import { eachWorld } from '../support/each-world';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** Puts a version of the master's secret; only `password` differs from what it was. */
async function putMaster(world: World, password: string, ...stages: string[]): Promise<void> {
  const value = JSON.stringify({ ...(await world.secret('AWSCURRENT', world.masterArn)), password });
  world.secrets.seed.version(world.masterArn, { versionId: randomUUID(), value, stages });
}

/** The master's login, and the pending user's: what a rotation without a failed login opens. */
const LOGINS = 2;

describe('a rotation while the master rotates too', () => {
  it('uses the pending password of the master when the database has it already', async () => {
    const world = await worlds.make();
    await putMaster(world, world.master.password, 'AWSPENDING');
    await putMaster(world, 'stale', 'AWSCURRENT');

    const [execution, { database }] = await world.rotateCounted();

    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    expect(execution.states.map(({ name }) => name)).toContain('WaitForMasterPassword');
    expect(database.connections).toBe(LOGINS);
  });

  it('uses the current one when the database has not got the pending one yet, after one failed login', async () => {
    const world = await worlds.make();
    await putMaster(world, 'not set yet', 'AWSPENDING');

    const [execution, { database }] = await world.rotateCounted();

    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    expect(execution.states.find(({ name }) => name === 'SetSecret')?.attempts).toBe(1);
    expect(database.connections).toBe(LOGINS + 1);
  });

  it('waits for nothing when the pending label is on the current version', async () => {
    const world = await worlds.make();
    await putMaster(world, world.master.password, 'AWSPENDING', 'AWSCURRENT');

    const [execution, { database }] = await world.rotateCounted();

    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    expect(execution.states.map(({ name }) => name)).not.toContain('WaitForMasterPassword');
    expect(database.connections).toBe(LOGINS);
  });

  it('tries both again and again, eleven times in all, and then says why', async () => {
    const world = await worlds.make();
    await putMaster(world, 'stale', 'AWSCURRENT');
    await putMaster(world, 'not set yet', 'AWSPENDING');
    const before = await world.snapshot();

    const [execution, { database }] = await world.rotateCounted();

    expect(execution).toMatchObject({ status: 'FAILED', error: 'MasterCredentialRejectedError' });
    expect(execution.cause).toMatch(/no version of the master secret .* a concurrent master rotation/);
    expect(execution.states.map(({ name, attempts }) => [name, attempts])).toEqual([
      ['ChooseOperation', 1],
      ['CreateSecret', 1],
      ['IsAlreadyRotated', 1],
      ['IsMasterRotating', 1],
      ['WaitForMasterPassword', 1],
      ['SetSecret', 11],
    ]);
    expect(database.connections).toBe(22);
    expect(await world.snapshot()).toEqual(before);
  });

  it.each(['AWSPENDING', 'AWSCURRENT'])(
    'passes over a malformed %s when the other logs in',
    async (malformed) => {
      const world = await worlds.make();
      await putMaster(world, world.master.password, malformed === 'AWSPENDING' ? 'AWSCURRENT' : 'AWSPENDING');
      world.secrets.seed.version(world.masterArn, {
        versionId: randomUUID(),
        value: '{"username": "without a password"}',
        stages: [malformed],
      });

      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    },
  );

  it('says which version is malformed when none logs in', async () => {
    const world = await worlds.make();
    await putMaster(world, 'stale', 'AWSCURRENT');
    world.secrets.seed.version(world.masterArn, {
      versionId: randomUUID(),
      value: '[]',
      stages: ['AWSPENDING'],
    });

    const { error, cause } = await world.rotate();

    expect(error).toBe('SecretFormatError');
    expect(cause).toContain('AWSPENDING of the master secret');
  });

  it('reads the master secret anew at each attempt', async () => {
    const world = await worlds.make();
    const right = JSON.stringify(await world.secret('AWSCURRENT', world.masterArn));
    await putMaster(world, 'stale', 'AWSCURRENT');
    let reads = 0;
    world.intercept(({ operation, request }) => {
      const { SecretId, VersionStage } = request as { SecretId?: string; VersionStage?: string };
      const isCurrentMaster = SecretId === world.masterArn && VersionStage === 'AWSCURRENT';
      if (operation !== 'GetSecretValue' || !isCurrentMaster) return;
      reads += 1;
      if (reads !== 3) return;
      const corrected = { versionId: randomUUID(), value: right, stages: ['AWSCURRENT'] };
      world.secrets.seed.version(world.masterArn, corrected);
    });

    const execution = await world.rotate();

    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    expect(execution.states.find(({ name }) => name === 'SetSecret')?.attempts).toBe(3);
  });
});

describe('a pending version of the master that was orphaned', () => {
  it('costs no wait and no failed login once it is a quarter of an hour old', async () => {
    const world = await worlds.make();
    await putMaster(world, 'orphaned', 'AWSPENDING');
    const store = new SecretsManagerStore(world.client);
    const orderAt = async (now: Date): Promise<string[]> => {
      const passwords: string[] = [];
      const isRotating = await isMasterRotating(store, world.masterArn, now);
      for await (const { password } of masterCandidates(store, world.masterArn, isRotating, now)) {
        passwords.push(password);
      }
      return passwords;
    };
    const minutes = (count: number) => new Date(Date.now() + count * 60_000);

    expect(await isMasterRotating(store, world.masterArn, minutes(14))).toBe(true);
    expect(await orderAt(minutes(14))).toEqual(['orphaned', world.master.password]);
    expect(await isMasterRotating(store, world.masterArn, minutes(16))).toBe(false);
    expect(await orderAt(minutes(16))).toEqual([world.master.password, 'orphaned']);
  });
});

describe('a master whose account is locked', () => {
  it('is named after one attempt, not retried into', async () => {
    const world = await worlds.make();
    await world.admin.run(`ALTER USER '${world.master.username}' ACCOUNT LOCK`);

    const [execution, { database }] = await world.rotateCounted();

    expect(execution).toMatchObject({ status: 'FAILED', error: 'MasterAccountLockedError' });
    expect(execution.cause).toMatch(/the account is locked or expired: mend it, then re-drive/);
    expect(execution.states.at(-1)).toMatchObject({ name: 'SetSecret', attempts: 1 });
    expect(database.connections).toBe(1);
  });
});
