import type { Connection } from 'mysql2/promise';
import { connectAs } from '../support/database';
import { eachWorld } from '../support/each-world';
import { whileLoggingIn } from '../support/login-probe';
import { rotatePasswordFirst } from '../support/password-first-rotation';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

const ROTATIONS = 10;

async function makeWorld(): Promise<World> {
  const world = await worlds.make();
  await world.admin.run(`ALTER TABLE ${world.database}.item MODIFY id INT AUTO_INCREMENT`);
  return world;
}

describe('an application', () => {
  it('that logs in all the time sees no failed login and no missing right in ten rotations', async () => {
    const world = await makeWorld();
    const statuses: string[] = [];

    const { logins, failures } = await whileLoggingIn(world, async (probe) => {
      for (let rotation = 0; rotation < ROTATIONS; rotation += 1) {
        statuses.push((await world.rotate()).status);
        await probe.fullRound();
      }
    });

    expect(statuses).toEqual(Array(ROTATIONS).fill('SUCCEEDED'));
    expect(failures).toEqual([]);
    expect(logins).toBeGreaterThan(4 * ROTATIONS);
  });

  it('sees none either while its rights are changed between rotations', async () => {
    const world = await makeWorld();
    const { admin, database } = world;
    const pattern = `\`${database.replaceAll('_', String.raw`\_`)}\``;

    const { failures } = await whileLoggingIn(world, async () => {
      for (const right of ['EXECUTE', 'CREATE VIEW', 'EVENT', 'TRIGGER']) {
        const { username } = await world.secret();
        await admin.run(`GRANT ${right} ON ${pattern}.* TO '${username}'`);
        expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      }
    });

    expect(failures).toEqual([]);
  });

  it('may keep the sessions that it has opened with any earlier secret', async () => {
    const world = await makeWorld();
    const sessions: Connection[] = [];
    worlds.afterwards(() => {
      for (const session of sessions) session.destroy();
    });

    for (let rotation = 0; rotation < 4; rotation += 1) {
      const { username, password, dbname } = await world.secret();
      sessions.push(await connectAs({ username, password }, dbname));
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      for (const session of sessions) {
        await session.query('INSERT INTO item (name) VALUES (?)', [username]);
        await session.query(`SELECT COUNT(*) FROM ${dbname}.item`);
      }
    }
    expect(sessions).toHaveLength(4);
  });

  it('may use the previous secret until the next rotation', async () => {
    const world = await makeWorld();
    await world.rotate();
    const { username, password } = await world.secret();
    await world.rotate();

    const connection = await connectAs({ username, password }, world.database);
    await connection.query('SELECT COUNT(*) FROM item');
    await connection.end();
  });

  it('would have seen an outage if the password came first', async () => {
    const world = await makeWorld();

    const { failures } = await whileLoggingIn(world, (probe) =>
      rotatePasswordFirst(world, () => probe.fullRound()),
    );

    expect(failures.length).toBeGreaterThan(0);
    expect(failures.join()).toMatch(/: (1044|1142) /);
  });
});
