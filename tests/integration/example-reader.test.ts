import { readFileSync } from 'node:fs';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { rotatedLogin, type RotatedLogin } from '../../examples/reader/rotated-login';
import { AwsError } from '../../local/aws/secrets-manager/errors';
import { server } from '../support/database';
import { eachWorld } from '../support/each-world';
import { closedPort, startTcpProxy } from '../support/tcp-proxy';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

interface Reading {
  world: World;
  login: RotatedLogin;
  /** How often the reader has read the secret: it alone reads it by its name. */
  reads: () => number;
  /** What the next read meets instead of an answer. */
  failNext: () => void;
}

async function makeReader(secret: Record<string, unknown> = {}): Promise<Reading> {
  const world = await worlds.make({ secret });
  const name = `app-${world.id}`;
  let reads = 0;
  let isFailing = false;
  world.intercept(({ operation, request }) => {
    if (operation !== 'GetSecretValue' || (request as { SecretId?: string }).SecretId !== name) return;
    reads += 1;
    if (!isFailing) return;
    isFailing = false;
    throw new AwsError('InvalidRequestException', 'not now');
  });
  const authorities =
    server.caBundlePath === undefined ? undefined : readFileSync(server.caBundlePath, 'utf8');
  return {
    world,
    login: rotatedLogin(world.client, name, authorities),
    reads: () => reads,
    failNext: () => {
      isFailing = true;
    },
  };
}

/** The user that a session belongs to. */
async function userOf(session: Connection): Promise<unknown> {
  const [rows] = await session.query<RowDataPacket[]>("SELECT SUBSTRING_INDEX(USER(), '@', 1) AS user");
  await session.query('SELECT COUNT(*) FROM item');
  await session.end();
  return rows[0]?.['user'];
}

const rotate = async (world: World, times: number): Promise<void> => {
  for (let time = 0; time < times; time += 1) {
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  }
};

describe("the examples' reader of a rotated secret", () => {
  it('reads the secret once, however many sessions it opens', async () => {
    const { world, login, reads } = await makeReader();
    await Promise.all(Array.from({ length: 5 }, async () => userOf(await login.connect())));
    expect(await userOf(await login.connect())).toBe(world.users[0]);
    expect(reads()).toBe(1);
  });

  it('goes on with the secret that it keeps after one rotation', async () => {
    const { world, login, reads } = await makeReader();
    await userOf(await login.connect());
    await rotate(world, 1);
    expect(await userOf(await login.connect())).toBe(world.users[0]);
    expect(reads()).toBe(1);
  });

  it.each([
    [2, 0],
    [3, 1],
    [4, 0],
  ])('logs in after %i rotations with the secret that it reads once more', async (rotations, user) => {
    const { world, login, reads } = await makeReader();
    await userOf(await login.connect());
    await rotate(world, rotations);
    expect(await userOf(await login.connect())).toBe(world.users[user]);
    expect(await userOf(await login.connect())).toBe(world.users[user]);
    expect(reads()).toBe(2);
  });

  it('reads the secret once more for many sessions that are refused at the same moment', async () => {
    const { world, login, reads } = await makeReader();
    await userOf(await login.connect());
    await rotate(world, 2);
    await Promise.all(Array.from({ length: 8 }, async () => userOf(await login.connect())));
    expect(reads()).toBe(2);
  });

  it('does not repeat a login when the secret that it reads again is the one that was refused', async () => {
    const proxy = await startTcpProxy();
    worlds.afterwards(() => proxy.close());
    const { login, reads } = await makeReader({ host: proxy.host, port: proxy.port, password: 'of nobody' });
    await expect(login.connect()).rejects.toMatchObject({ errno: 1045 });
    expect(reads()).toBe(2);
    expect(proxy.connections).toBe(1);
  });

  it.each([
    ['a server that does not answer', async () => ({ port: await closedPort() }), { code: 'ECONNREFUSED' }],
    ['a database that is not there', () => Promise.resolve({ dbname: 'mysql' }), { errno: 1044 }],
  ])('does not read the secret again for %s', async (_what, fields, expected) => {
    const { login, reads } = await makeReader(await fields());
    await expect(login.connect()).rejects.toMatchObject(expected);
    await expect(login.connect()).rejects.toMatchObject(expected);
    expect(reads()).toBe(1);
  });

  it('does not keep a failed call to Secrets Manager', async () => {
    const { world, login, reads, failNext } = await makeReader();
    failNext();
    await expect(login.connect()).rejects.toMatchObject({ name: 'InvalidRequestException' });
    expect(await userOf(await login.connect())).toBe(world.users[0]);
    expect(reads()).toBe(2);
  });
});
