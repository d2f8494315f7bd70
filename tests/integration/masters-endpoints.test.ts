import { randomUUID } from 'node:crypto';
import { steps } from '../../local/steps';
import { server } from '../support/database';
import { eachWorld } from '../support/each-world';
import { expectRefused } from '../support/refusal';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy';
import { endSecretsManagerAfterAll, type World } from '../support/world';
import type { WorldOptions } from '../support/world-options';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** A server that would learn whatever it is sent. */
async function otherServer(): Promise<TcpProxy> {
  const proxy = await startTcpProxy();
  worlds.afterwards(() => proxy.close());
  return proxy;
}

const at = ({ host, port }: { host: string; port: number }) => `${host}:${port}`;

/** Seeds a second master with these fields, and lists both. */
function addMaster(world: World, fields: Record<string, unknown>): string {
  const secondArn = world.secrets.seed.secret({
    name: `second-master=${world.id}`,
    value: JSON.stringify({ ...world.master, ...fields }),
  });
  world.setEnvironment({ MASTER_SECRET_ARN: `${world.masterArn},${secondArn}` });
  return secondArn;
}

const makeWorld = (secret: NonNullable<WorldOptions['secret']>) => worlds.make({ secret });

const place = ({ host, port }: { host: string; port: number }) => ({ host, port });

describe("with two masters, the first master's password is not sent to the second one's server", () => {
  it('when DB_ENDPOINTS lists that server for the second master', async () => {
    const other = await otherServer();
    const world = await makeWorld(place(other));
    const secondArn = addMaster(world, { engine: 'mysql', host: 'second.example', port: 3306 });
    world.setEnvironment({ DB_ENDPOINTS: `${secondArn}=${at(other)}` });

    await expectRefused(world, {
      error: 'EndpointMismatchError',
      at: 'SetSecret',
      saying: new RegExp(`host and port of the secret \\(${at(other)}\\).*listed for it in DB_ENDPOINTS`),
    });
    expect(other.connections).toBe(0);
  });

  it('when the second master secret has no host, as RDS writes it, and its endpoint is listed', async () => {
    const other = await otherServer();
    const world = await makeWorld(place(other));
    const secondArn = addMaster(world, {});
    world.setEnvironment({ DB_ENDPOINTS: `${secondArn}=${at(other)}` });

    await expectRefused(world, {
      error: 'EndpointMismatchError',
      at: 'SetSecret',
      saying: /nor listed for it in DB_ENDPOINTS/,
    });
    expect(other.connections).toBe(0);
  });

  it('when it is the host of the second master secret itself', async () => {
    const other = await otherServer();
    const world = await makeWorld(place(other));
    addMaster(world, place(other));

    await expectRefused(world, {
      error: 'EndpointMismatchError',
      at: 'SetSecret',
      saying: /nor listed for it in DB_ENDPOINTS/,
    });
    expect(other.connections).toBe(0);
  });

  it('when DB_ENDPOINTS does not say whose it is', async () => {
    const other = await otherServer();
    const world = await makeWorld(place(other));
    addMaster(world, { engine: 'mysql', host: 'second.example', port: 3306 });
    world.setEnvironment({ DB_ENDPOINTS: at(other) });

    await expectRefused(world, {
      error: 'ConfigurationError',
      at: 'CreateSecret',
      saying: new RegExp(`DB_ENDPOINTS expected whose endpoint "${at(other)}" is, because MASTER_SECRET_ARN`),
    });
    expect(other.connections).toBe(0);
  });

  it('by a preflight either', async () => {
    const other = await otherServer();
    const world = await makeWorld(place(other));
    const secondArn = addMaster(world, { engine: 'mysql', host: 'second.example', port: 3306 });
    world.setEnvironment({ DB_ENDPOINTS: `${secondArn}=${at(other)}` });

    const input = { secretId: world.secretArn, owner: 'schedule', operation: 'preflight' } as const;
    await expect(steps.Preflight({ input, executionArn: `arn:${randomUUID()}` })).rejects.toMatchObject({
      name: 'EndpointMismatchError',
    });
    expect(other.connections).toBe(0);
  });
});

describe('with two masters, a rotation succeeds', () => {
  it('at a server that DB_ENDPOINTS lists for the master of the secret', async () => {
    const other = await otherServer();
    const world = await makeWorld(place(other));
    const secondArn = addMaster(world, { host: 'second.example', port: 3306 });
    world.setEnvironment({ DB_ENDPOINTS: `${secondArn}=db.example:3306, ${world.masterArn}=${at(other)}` });

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(other.connections).toBe(2);
  });

  it('at a server that is listed for a master secret without a host', async () => {
    const world = await makeWorld({});
    const secondArn = addMaster(world, {});
    world.setEnvironment({ DB_ENDPOINTS: `${secondArn}=${at(server)}` });
    await world.putSecret({ ...(await world.secret()), masterarn: secondArn }, 'AWSCURRENT');

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe("versions of one master's secret that name different servers", () => {
  const pending = (world: World, fields: Record<string, unknown>) => {
    world.secrets.seed.version(world.masterArn, {
      versionId: randomUUID(),
      value: JSON.stringify({ ...world.master, password: 'word-of-another-server', ...fields }),
      stages: ['AWSPENDING'],
    });
  };

  it('a pending one for another server is not tried, and the current one is', async () => {
    const world = await makeWorld({});
    pending(world, { host: 'moved.example', port: 3306 });

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('the current password is not sent to the server that only the pending one names', async () => {
    const other = await otherServer();
    const world = await makeWorld(place(server));
    await world.putSecret({ ...(await world.secret()), ...place(other) }, 'AWSCURRENT');
    pending(world, { host: other.host, port: other.port + 1 });

    await expectRefused(world, {
      error: 'EndpointMismatchError',
      at: 'SetSecret',
      saying: /neither those of the master secret/,
    });
    expect(other.connections).toBe(0);
  });
});

describe("a host is the master's however it is spelled", () => {
  it.each([
    ['with a dot at its end', `${server.host}.`],
    ['in capitals', server.host.toUpperCase()],
  ])('%s', async (_spelling, host) => {
    const world = await makeWorld({ host });

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.secret()).toMatchObject({ host });
  });
});
