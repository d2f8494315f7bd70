import { testCloud } from '../support/cloud';
import { logsIn } from '../support/database';
import { courseOf, expectFinished, failAt, testLine, type Failed } from '../support/redrive';
import type { World } from '../support/world';

const test = testCloud();
const line = testLine();

/** Rights of a user in the server's words, with the name left out. */
async function grantsOf({ admin }: World, username: string): Promise<string[]> {
  const grants = await admin.rows<Record<string, string>>(`SHOW GRANTS FOR '${username}'`);
  return grants.flatMap(Object.values<string>).map((grant) => grant.replaceAll(username, '…'));
}

/** @returns statements that bring a user back as it is at this moment */
async function backUp({ admin }: World, username: string): Promise<string[]> {
  await admin.run('SET print_identified_with_as_hex = ON');
  const [creation] = await admin.rows<Record<string, string>>(`SHOW CREATE USER '${username}'`);
  const grants = await admin.rows<Record<string, string>>(`SHOW GRANTS FOR '${username}'`);
  return [`DROP USER '${username}'`, ...[creation ?? {}, ...grants].flatMap(Object.values<string>)];
}

/** From one attempt, which is not repeated, over SetSecret to the end. */
const BACK = ['ProofOutdatedError', 'SetAgain', 'SetSecret', 'TestSecret', 'FinishSecret'];

type Drift = (world: World) => Promise<unknown>;

const CHANGES: [what: string, change: Drift][] = [
  [
    "the standby's password was changed by hand",
    alter((w) => `ALTER USER '${w.users[1]}' IDENTIFIED BY 'x'`),
  ],
  ['the standby was locked by hand', alter((w) => `ALTER USER '${w.users[1]}' ACCOUNT LOCK`)],
  ['the standby was dropped', alter((w) => `DROP USER '${w.users[1]}'`)],
  ['the standby was given a right', alter((w) => `GRANT DROP ON ${pattern(w)} TO '${w.users[1]}'`)],
  ['a right was taken from the standby', alter((w) => `REVOKE DELETE ON ${pattern(w)} FROM '${w.users[1]}'`)],
  ['the current user was given a right', alter((w) => `GRANT DROP ON ${pattern(w)} TO '${w.users[0]}'`)],
  [
    'a right was taken from the current user',
    alter((w) => `REVOKE DELETE ON ${pattern(w)} FROM '${w.users[0]}'`),
  ],
];

function pattern({ database }: World): string {
  return `\`${database.replaceAll('_', String.raw`\_`)}\`.*`;
}

function alter(statement: (world: World) => string): Drift {
  return (world) => world.admin.run(statement(world));
}

describe.each(['TestSecret', 'FinishSecret'] as const)('F1: a redrive at %s goes back to SetSecret', (at) => {
  const fail = (world: World) => failAt(at, test, world, line);

  async function expectSetAgain(world: World, failed: Failed): Promise<void> {
    await expectFinished(test, world, failed);
    expect(await grantsOf(world, world.users[1])).toEqual(await grantsOf(world, world.users[0]));
    expect(await courseOf(test, failed.executionArn)).toEqual(BACK);
  }

  it.each(CHANGES)('when %s meanwhile, and promotes what it set', async (_what, change) => {
    const world = await test.makeWorld(line.options);
    const failed = await fail(world);

    await change(world);

    expect(await world.currentSecretWorks()).toBe(true);
    await expectSetAgain(world, failed);
  });

  it('when the database was restored from before SetSecret, and promotes what it set', async () => {
    const world = await test.makeWorld(line.options);
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    const backup = await backUp(world, world.users[1]);
    const failed = await fail(world);
    const pending = await world.secret('AWSPENDING');
    expect(await logsIn(pending)).toBe(true);

    await world.admin.run(...backup);

    expect(await logsIn(pending)).toBe(false);
    await expectSetAgain(world, failed);
    expect(await world.secret()).toEqual(pending);
  });

  it('and leaves a standby that is still as SetSecret left it alone, to the last byte', async () => {
    const world = await test.makeWorld(line.options);
    const failed = await fail(world);
    const before = await world.admin.accountsOf(world.users[1]);

    await expectFinished(test, world, failed);

    expect(await world.admin.accountsOf(world.users[1])).toEqual(before);
  });
});
