import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeAuthority } from '../../local/database/certificates';
import { eachWorld } from '../support/each-world';
import { observe, placesWith } from '../support/leak-watch';
import { packagedSteps } from '../support/packaged-steps';
import { closedPort } from '../support/tcp-proxy';
import { temporaryFolder } from '../support/temporary-folder';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();
const stepsWith = packagedSteps();

/** A world in which every password begins with the same marker, in the database and in every secret. */
async function markedWorld(): Promise<{ world: World; marker: string }> {
  const marker = `Marker${randomUUID().replaceAll('-', '')}`;
  const world = await worlds.make();
  const [current, standby] = world.users;
  await world.admin.run(
    `ALTER USER '${current}' IDENTIFIED BY '${marker}current'`,
    `ALTER USER '${world.master.username}' IDENTIFIED BY '${marker}master'`,
  );
  const master = { ...(await world.secret('AWSCURRENT', world.masterArn)), password: `${marker}master` };
  world.secrets.seed.version(world.masterArn, {
    versionId: randomUUID(),
    value: JSON.stringify(master),
    stages: ['AWSCURRENT'],
  });
  const secret = await world.secret();
  await world.putSecret({ ...secret, password: `${marker}current` }, 'AWSCURRENT');
  await world.putSecret({ ...secret, username: standby, password: `${marker}pending` }, 'AWSPENDING');
  return { world, marker };
}

async function changeSecret(world: World, fields: Record<string, unknown>, stage = 'AWSCURRENT') {
  await world.putSecret({ ...(await world.secret(stage)), ...fields }, stage);
}

async function changeMaster(world: World, fields: Record<string, unknown>): Promise<void> {
  const secret = await world.secret('AWSCURRENT', world.masterArn);
  world.secrets.seed.version(world.masterArn, {
    versionId: randomUUID(),
    value: JSON.stringify({ ...secret, ...fields }),
    stages: ['AWSCURRENT'],
  });
}

/** How a rotation can end, and what brings that end about; passwords go where they must and where they must not. */
const ENDINGS: [error: string | undefined, arrange: (world: World, marker: string) => Promise<void>][] = [
  [undefined, () => Promise.resolve()],
  ['MasterCredentialRejectedError', (world, marker) => changeMaster(world, { password: `${marker}wrong` })],
  ['CurrentCredentialRejectedError', (world, marker) => changeSecret(world, { password: `${marker}wrong` })],
  [
    'DatabaseUnavailableError',
    async (world) => {
      const port = await closedPort();
      await changeMaster(world, { port });
      await changeSecret(world, { port });
      await changeSecret(world, { port }, 'AWSPENDING');
    },
  ],
  [
    'TlsVerificationError',
    async (world) => {
      const bundle = join(await temporaryFolder(worlds), 'ca.pem');
      await writeFile(bundle, (await makeAuthority()).certificatePem);
      world.setEnvironment({ DB_CA_BUNDLE_PATH: bundle });
    },
  ],
  [
    'GrantNotPossibleError',
    async (world) => {
      await world.admin.run(`GRANT PROCESS ON *.* TO '${world.users[0]}'`);
    },
  ],
  [
    'UserMismatchError',
    (world, marker) => changeSecret(world, { username: 'somebody', password: `${marker}other` }),
  ],
  ['SecretFormatError', (world, marker) => changeSecret(world, { port: `${marker}port` })],
  [
    'SecretFormatError',
    async (world, marker) => {
      await world.putSecret(`{"username": "u", "password": ${marker}}`, 'AWSCURRENT');
    },
  ],
  ['UnsupportedEngineError', (world, marker) => changeSecret(world, { engine: `${marker}engine` })],
  // A pending version that does not fit is replaced.
  [undefined, (world, marker) => changeSecret(world, { dbname: `${marker}db` }, 'AWSPENDING')],
];

describe('a rotation, each step in a process of its own from its bundle,', () => {
  it.each(ENDINGS)('that ends with %s shows no password anywhere', async (error, arrange) => {
    const { world, marker } = await markedWorld();
    await arrange(world, marker);
    let logs = '';
    let record = '';

    const observed = await observe(world.admin, async () => {
      const execution = await world.rotate({ handlers: stepsWith((text) => (logs += text)) });
      expect(execution.error).toBe(error);
      record = JSON.stringify(execution);
    });

    expect(logs).toContain(error ?? '"message":"the standby user was set"');
    expect(record).toContain('CreateSecret');
    expect(placesWith(marker, { ...observed, logs, record })).toEqual([]);
    expect(await world.secret('AWSPENDING')).toHaveProperty('password', `${marker}pending`);
  });
});
