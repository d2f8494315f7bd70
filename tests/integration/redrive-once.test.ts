import { testCloud } from '../support/cloud';
import {
  beforeTestSecret,
  courseOf,
  execute,
  expectFailed,
  expectFinished,
  leaveAlone,
  redrive,
} from '../support/redrive';
import type { World } from '../support/world';

const test = testCloud();

describe('F1: once per run or redrive', () => {
  const RELAPSES: [what: string, error: string, relapse: (world: World) => string][] = [
    [
      'the pending account',
      'PendingCredentialRejectedError',
      (w) => `ALTER USER '${w.users[1]}' ACCOUNT LOCK`,
    ],
    ['its password', 'PendingCredentialRejectedError', (w) => `ALTER USER '${w.users[1]}' IDENTIFIED BY 'x'`],
    [
      'its rights',
      'PrivilegeParityError',
      (w) => `GRANT DROP ON \`${w.database.replaceAll('_', String.raw`\_`)}\`.* TO '${w.users[1]}'`,
    ],
  ];

  it.each(RELAPSES)(
    'SetSecret is run again when somebody changes %s each time; then the %s stands, in each redrive anew',
    async (_what, error, relapse) => {
      const world = await test.makeWorld();
      let relapses = 0;
      beforeTestSecret(world, () => {
        relapses += 1;
        return world.admin.run(relapse(world));
      });
      const again = Array<string>(4).fill('SetAgainRequiredError');
      const expectOnceMore = async (execution: Awaited<ReturnType<typeof execute>>) => {
        const failed = await expectFailed(test, world, execution, { at: 'TestSecret', error });
        const course = await courseOf(test, failed.executionArn);
        const back = course.slice(course.indexOf('SetAgainRequiredError'));
        expect(back.slice(0, 7)).toEqual([...again, 'SetAgain', 'SetSecret', 'TestSecret']);
        expect(new Set(back.slice(7))).toEqual(new Set([error]));
        return failed;
      };

      const failed = await expectOnceMore(await execute(test, world));
      await expectOnceMore(await redrive(test, failed.executionArn));
      await expectOnceMore(await redrive(test, failed.executionArn));
      leaveAlone(world);

      await expectFinished(test, world, failed, 3);
      expect(relapses).toBeGreaterThanOrEqual(3 * 5);
    },
  );

  it('and an account that shadows the pending one is named by SetSecret, which is where the next redrive starts', async () => {
    const world = await test.makeWorld();
    const [self] = await world.admin.rows<{ host: string }>(
      "SELECT SUBSTRING_INDEX(USER(), '@', -1) AS host",
    );
    const shadow = `'${world.users[1]}'@'${self?.host ?? ''}'`;
    beforeTestSecret(world, () => world.admin.run(`CREATE USER IF NOT EXISTS ${shadow} IDENTIFIED BY 'x'`));

    const failed = await expectFailed(test, world, await execute(test, world), {
      at: 'SetSecret',
      error: 'UnsupportedAccountError',
    });
    expect(failed.message).toContain(`@${self?.host ?? ''}: an account at a host where`);
    leaveAlone(world);
    await world.admin.run(`DROP USER ${shadow}`);

    await expectFinished(test, world, failed);
  });
});
