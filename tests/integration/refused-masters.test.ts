import { randomUUID } from 'node:crypto';
import { server } from '../support/database';
import { eachWorld } from '../support/each-world';
import { expectRefused } from '../support/refusal';
import { startTcpProxy } from '../support/tcp-proxy';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

const OTHER_ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:other-AbCdEf';

/** The master's secret as RDS manages it: a login and no host. */
async function forgetMasterHost(world: World): Promise<void> {
  const { username, password } = await world.secret('AWSCURRENT', world.masterArn);
  world.secrets.seed.version(world.masterArn, {
    versionId: randomUUID(),
    value: JSON.stringify({ username, password }),
    stages: ['AWSCURRENT'],
  });
}

describe('a master that the deployer did not choose is refused', () => {
  it('when the secret names one that is not listed', async () => {
    const world = await worlds.make({ secret: { masterarn: OTHER_ARN } });

    await expectRefused(world, {
      error: 'MasterMismatchError',
      at: 'CreateSecret',
      saying: /masterarn of the secret is not listed in MASTER_SECRET_ARN/,
    });
  });

  it.each([
    [
      'without its six characters',
      (arn: string) => arn.slice(0, -7),
      /lacks the dash and the six characters/,
    ],
    ['in capitals', (arn: string) => arn.replace(':secret:m', ':secret:M'), /capitals differ/],
    ['of another region', (arn: string) => arn.replace('us-east-1', 'us-west-2'), /its region is us-west-2/],
    ['by its name', () => 'master', /it is not the ARN of a secret/],
  ])('when the secret names the right one %s, and the message says so', async (_spelling, spell, saying) => {
    const world = await worlds.make();
    await world.putSecret({ ...(await world.secret()), masterarn: spell(world.masterArn) }, 'AWSCURRENT');

    await expectRefused(world, { error: 'MasterMismatchError', at: 'CreateSecret', saying });
  });

  it('when several are listed and the secret names none', async () => {
    const world = await worlds.make({ secret: { masterarn: undefined } });
    world.setEnvironment({ MASTER_SECRET_ARN: `${OTHER_ARN},${world.masterArn}` });

    await expectRefused(world, {
      error: 'MasterMismatchError',
      at: 'CreateSecret',
      saying: /names no masterarn and MASTER_SECRET_ARN lists several: add masterarn/,
    });
  });

  it('while one of several that the secret names will do', async () => {
    const world = await worlds.make();
    world.setEnvironment({ MASTER_SECRET_ARN: `${OTHER_ARN}, ${world.masterArn}` });

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('while the only one need not be named', async () => {
    const world = await worlds.make({ secret: { masterarn: undefined } });

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.secret()).not.toHaveProperty('masterarn');
  });

  it('when its secret does not exist', async () => {
    const world = await worlds.make({ secret: { masterarn: undefined } });
    world.setEnvironment({ MASTER_SECRET_ARN: OTHER_ARN });

    await expectRefused(world, {
      error: 'MasterSecretNotFoundError',
      at: 'CreateSecret',
      saying: /the master secret arn:\S+ does not exist; check MASTER_SECRET_ARN/,
    });
  });

  it.each([
    ['a text', 'is not JSON'],
    ['{"username":"m"}', 'password: expected a password'],
    ['{"password":"m"}', 'username: expected a user name'],
    ['{"username":"m","password":"m","port":"x"}', 'port: expected a port number'],
  ])('when its secret is %s', async (value, saying) => {
    const world = await worlds.make();
    world.secrets.seed.version(world.masterArn, {
      versionId: randomUUID(),
      value,
      stages: ['AWSCURRENT'],
    });

    await expectRefused(world, {
      error: 'SecretFormatError',
      at: 'SetSecret',
      saying: new RegExp(`AWSCURRENT of the master secret arn:.*${saying}`),
    });
  });
});

describe("the master's password goes to the master's own endpoint only", () => {
  it.each([
    ['host', { host: 'db.example' }],
    ['port', { port: server.port + 1 }],
  ])('so another %s in the secret is refused', async (_field, secret) => {
    const world = await worlds.make({ secret });

    await expectRefused(world, {
      error: 'EndpointMismatchError',
      at: 'SetSecret',
      saying: /host and port of the secret .*DB_ENDPOINTS: correct the secret, or let the deployer list/,
    });
  });

  it('unless the deployer listed the endpoint', async () => {
    const proxy = await startTcpProxy();
    worlds.afterwards(() => proxy.close());
    const world = await worlds.make({
      secret: { host: proxy.host, port: proxy.port },
      environment: { DB_ENDPOINTS: `db.example:3306, ${proxy.host}:${proxy.port}` },
    });

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(proxy.connections).toBe(2);
  });

  it('so a master secret without a host needs a listed endpoint', async () => {
    const world = await worlds.make();
    await forgetMasterHost(world);

    await expectRefused(world, {
      error: 'EndpointMismatchError',
      at: 'SetSecret',
      saying: /\(the master secret names no host\)/,
    });

    world.setEnvironment({ DB_ENDPOINTS: `${server.host.toUpperCase()}:${server.port}` });
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('in whatever case and as whatever type both secrets write it', async () => {
    const world = await worlds.make({
      secret: { port: String(server.port), host: server.host.toUpperCase() },
    });

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.secret()).toMatchObject({
      port: String(server.port),
      host: server.host.toUpperCase(),
    });
  });
});
