import type { ExecutionEvent } from '../../local/state-machine/execution-record';
import { testCloud } from '../support/cloud';
import {
  beforeTestSecret,
  courseOf,
  execute,
  expectFailed,
  expectFinished,
  leaveAlone,
  redrive,
  refuse,
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
      const retried = Array<string>(4).fill('SetAgainRequiredError');
      const expectOnceMore = async (execution: Awaited<ReturnType<typeof execute>>, why: string[]) => {
        const failed = await expectFailed(test, world, execution, { at: 'TestSecret', error });
        const course = await courseOf(test, failed.executionArn);
        const back = course.slice(course.findIndex((name) => name.endsWith('Error')));
        const wayBack = [...why, 'SetAgain', 'SetSecret', 'TestSecret'];
        expect(back.slice(0, wayBack.length)).toEqual(wayBack);
        expect(new Set(back.slice(wayBack.length))).toEqual(new Set([error]));
        return failed;
      };

      const failed = await expectOnceMore(await execute(test, world), retried);
      await expectOnceMore(await redrive(test, failed.executionArn), ['ProofOutdatedError']);
      await expectOnceMore(await redrive(test, failed.executionArn), ['ProofOutdatedError']);
      leaveAlone(world);

      await expectFinished(test, world, failed, 3);
      expect(relapses).toBeGreaterThanOrEqual(5 + 2 * 2);
    },
  );

  it.each(['WaitForPasswordPropagation', 'TestSecret', 'FinishSecret'])(
    'a redrive at %s goes back to SetSecret without a single retry, which would not mend an outdated proof',
    async (startAt) => {
      const world = await test.makeWorld();
      refuse('UpdateSecretVersionStage')(world);
      const { status, executionArn, states } = await world.rotate();
      expect(status).toBe('FAILED');
      leaveAlone(world);

      const input = states.find(({ name }) => name === startAt)?.input;
      const errors: string[] = [];
      const onEvent = (event: ExecutionEvent) => {
        if (event.kind === 'attempt-failed') errors.push(event.error);
      };
      const redriven = await world.rotate({ startAt, input, executionArn, redriveCount: 1, onEvent });

      expect(redriven.status).toBe('SUCCEEDED');
      expect(errors).toEqual(['ProofOutdatedError']);
      expect(redriven.states.filter(({ attempts }) => attempts !== 1)).toEqual([]);
      expect(redriven.states.map(({ name }) => name)).toContain('SetSecret');
      expect(await world.currentSecretWorks()).toBe(true);
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
