import { testCloud } from '../support/cloud';
import { connectAs } from '../support/database';
import { whileLoggingIn } from '../support/login-probe';
import { BREAKAGES, execute, mendAll, redrive, testLine } from '../support/redrive';
import type { World } from '../support/world';

const test = testCloud();
const line = testLine();

const TASKS = Object.keys(BREAKAGES) as (keyof typeof BREAKAGES)[];

/** What may happen while an execution lies there, failed. */
const CHANGES: [what: string, change: (world: World) => Promise<unknown>][] = [
  ['nothing else changes', () => Promise.resolve()],
  [
    'the standby is dropped',
    ({ admin, users: [, standby] }) => admin.run(`DROP USER IF EXISTS '${standby}'`),
  ],
  [
    "the standby's password is changed by hand",
    async ({ admin, users: [, standby] }) =>
      admin.run(`CREATE USER IF NOT EXISTS '${standby}'`, `ALTER USER '${standby}' IDENTIFIED BY 'x'`),
  ],
];

async function makeWorld(): Promise<World> {
  const world = await test.makeWorld(line.options);
  await world.admin.run(`ALTER TABLE ${world.database}.item MODIFY id INT AUTO_INCREMENT`);
  return world;
}

describe.each(TASKS)(
  'F1: an application that logs in all the time, while a rotation fails at %s and is mended and re-driven',
  (at) => {
    it.each(CHANGES)('sees no failed login when %s meanwhile', async (_what, change) => {
      const world = await makeWorld();
      const statuses: unknown[] = [];

      const { logins, failures } = await whileLoggingIn(world, async (probe) => {
        await BREAKAGES[at].happen(world, line);
        const { status, executionArn = '' } = await execute(test, world);
        await probe.fullRound();
        await change(world);
        await mendAll(world, line);
        await probe.fullRound();
        statuses.push(status, (await redrive(test, executionArn)).status);
        await probe.fullRound();
      });

      expect(statuses).toEqual(['FAILED', 'SUCCEEDED']);
      expect(failures).toEqual([]);
      expect(logins).toBeGreaterThan(12);
      expect(await world.secret()).toMatchObject({ username: world.users[1] });
    });

    it('keeps the right that it was given meanwhile', async () => {
      const world = await makeWorld();
      const { admin, database, users } = world;
      await BREAKAGES[at].happen(world, line);
      const { executionArn = '' } = await execute(test, world);
      await mendAll(world, line);

      const pattern = `\`${database.replaceAll('_', String.raw`\_`)}\`.*`;
      await admin.run(`GRANT CREATE ON ${pattern} TO '${users[0]}'`);
      expect(await redrive(test, executionArn)).toMatchObject({ status: 'SUCCEEDED' });

      const application = await connectAs(await world.secret(), database);
      try {
        await application.query('CREATE TABLE made_by_the_application (id INT PRIMARY KEY)');
      } finally {
        application.destroy();
      }
    });
  },
);
