import { lockPair } from '../../lib/databases/mysql/pair-lock';
import { withSession } from '../../lib/databases/mysql/session';
import { logsIn, server } from '../support/database';
import { eachWorld } from '../support/each-world';
import { createSecret, setSecret } from '../support/single-steps';
import { startTcpProxy } from '../support/tcp-proxy';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** A database on which the application has rights and the master has none to give. */
async function beyondTheMaster(world: World): Promise<string> {
  const database = `beyond_${world.id}`;
  await world.admin.run(`CREATE DATABASE ${database}`);
  worlds.afterwards(() => world.admin.run(`DROP DATABASE ${database}`));
  return database;
}

const giveMaster = (world: World, database: string): Promise<void> =>
  world.admin.run(`GRANT ALL PRIVILEGES ON ${database}.* TO '${world.master.username}' WITH GRANT OPTION`);

const lockOf = (world: World, user: string) =>
  world.admin.rows('SELECT account_locked FROM mysql.user WHERE User = ?', [user]);

describe('a rotation that the master may not carry through', () => {
  it('leaves a locked standby, and goes on from there once the master may', async () => {
    const world = await worlds.make();
    const database = await beyondTheMaster(world);
    await world.admin.run(`GRANT SELECT ON ${database}.* TO '${world.users[0]}'`);
    const before = await world.labels();

    const failed = await world.rotate();

    expect(failed).toMatchObject({ status: 'FAILED', error: 'MasterPrivilegeError' });
    expect(failed.cause).toMatch(new RegExp(`granting on \`${database}\`.*: the master has no right`));
    expect(await lockOf(world, world.users[1])).toEqual([{ account_locked: 'Y' }]);
    expect(await world.labels()).toMatchObject({ AWSCURRENT: before['AWSCURRENT'] });
    expect(await world.currentSecretWorks()).toBe(true);

    await giveMaster(world, database);
    const redriven = await world.rotate({ startAt: 'SetSecret', input: failed.states.at(-1)?.input });

    expect(redriven).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.labels()).toMatchObject({
      AWSCURRENT: (failed.states[0]?.output as { versionId: string }).versionId,
    });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('finishes an initial setup that was interrupted, and rotates on', async () => {
    const world = await worlds.make({ currentUser: 'absent' });
    const database = await beyondTheMaster(world);
    await world.putSecret({ ...(await world.secret()), dbname: database }, 'AWSCURRENT');
    const failed = await world.rotate();
    expect(failed).toMatchObject({ status: 'FAILED', error: 'MasterPrivilegeError' });
    expect(await lockOf(world, world.users[1])).toEqual([{ account_locked: 'Y' }]);

    await giveMaster(world, database);
    await world.admin.run(`CREATE TABLE ${database}.item (id INT PRIMARY KEY)`);
    const next = await world.rotate();

    expect(next).toMatchObject({
      status: 'SUCCEEDED',
      output: {
        versionId: (failed.states[0]?.output as { versionId: string }).versionId,
        setSecret: { initialSetup: true, granted: 6 },
      },
    });
    expect(await world.currentSecretWorks()).toBe(true);
    expect(await world.rotate()).toMatchObject({
      status: 'SUCCEEDED',
      output: { setSecret: { initialSetup: false, granted: 6 } },
    });
    expect(await world.currentSecretWorks()).toBe(true);
  });
});

describe('a connection that is lost', () => {
  it('after any of the statements leaves both users usable or locked, and the next run finishes', async () => {
    const errors = new Set<string>();
    let isCut = true;
    for (let pieces = 1; isCut; pieces += 1) {
      const proxy = await startTcpProxy({ cutAfterPieces: pieces });
      worlds.afterwards(() => proxy.close());
      const world = await worlds.make({
        environment: { DB_ENDPOINTS: `${proxy.host}:${proxy.port}` },
        secret: { host: proxy.host, port: proxy.port },
      });
      const state = await createSecret(world);
      const pending = await world.secret('AWSPENDING');

      const outcome = await setSecret(state).catch((error: unknown) => error);

      isCut = outcome instanceof Error;
      if (outcome instanceof Error) errors.add(outcome.name);
      const inForce = await world.admin.rows(`SHOW GRANTS FOR '${world.users[0]}'`);
      if (await logsIn(pending)) {
        expect(await world.admin.rows(`SHOW GRANTS FOR '${world.users[1]}'`)).toHaveLength(inForce.length);
      }
      expect(await world.currentSecretWorks()).toBe(true);
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      expect(await world.currentSecretWorks()).toBe(true);
      expect(pieces).toBeLessThan(60);
    }
    expect([...errors]).toEqual(['DatabaseUnavailableError']);
  });
});

describe('a pair that another rotation is working on', () => {
  it('is reported as busy, without a change', async () => {
    const world = await worlds.make();
    const [current, standby] = world.users;
    const before = await world.snapshot();
    const stop = new AbortController();
    const failures: string[] = [];

    await withSession(
      server,
      { ...world.master, tls: server.ssl ? 'verified' : 'off' },
      'master',
      server.caBundlePath,
      async (session) => {
        await lockPair(session, { current: standby, standby: current });
        await world.rotate({
          signal: stop.signal,
          onEvent: (event) => {
            if (event.kind !== 'attempt-failed') return;
            failures.push(`${event.error}: ${event.cause}`);
            stop.abort();
          },
        });
      },
    );

    expect(failures).toEqual([
      expect.stringMatching(
        /^DatabaseBusyError: another rotation is at work on app_\S+ and app_\S+: it holds/,
      ),
    ]);
    expect(await world.snapshot()).toEqual(before);
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });
});
