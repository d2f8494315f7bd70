import { createHash } from 'node:crypto';
import { exactRows } from '../../shapes/compare';
import { connectAs, server } from '../../support/database';
import { addNeighbour, reads } from '../../support/neighbour';
import { makeStranger, stranger } from '../../support/stranger';
import type { World } from '../../support/world';
import type { FaultCloud } from '../harness/fault-cloud';
import { Oracle } from '../harness/oracle';
import type { FaultRun, PointReport } from '../kind';
import { REFUSALS } from './two-secrets';

interface Kind {
  name: string;
  /** Makes the account more than a stranger with a password and rights. */
  make?: (world: World, username: string) => Promise<unknown>;
  /** It does not log in, and is not to be changed all the same. */
  isUnusable?: boolean;
  naming?: 'pair';
  isOfMysql?: boolean;
}

const markOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

const markedFor =
  (secret: (world: World) => string) =>
  (world: World, username: string): Promise<void> =>
    world.admin.run(
      `ALTER USER '${username}' ATTRIBUTE '${JSON.stringify({
        'stepwise-rotation': { version: '0'.repeat(32), secret: markOf(secret(world)) },
      })}'`,
    );

const KINDS: readonly Kind[] = [
  { name: 'a password and rights' },
  { name: 'a secret of its own', make: (world, username) => addNeighbour(world, 'own', stranger(username)) },
  {
    name: 'more rights',
    make: ({ admin, master, database }, username) =>
      admin.run(
        `GRANT PROCESS ON *.* TO '${username}'`,
        `GRANT UPDATE (id), REFERENCES (id) ON \`${database}\`.ledger TO '${username}'`,
        `GRANT PROCESS ON *.* TO '${master.username}' WITH GRANT OPTION`,
      ),
  },
  {
    name: 'no rights',
    make: ({ admin }, username) => admin.run(`REVOKE ALL PRIVILEGES, GRANT OPTION FROM '${username}'`),
    isUnusable: true,
  },
  {
    name: 'a lock',
    make: ({ admin }, username) => admin.run(`ALTER USER '${username}' ACCOUNT LOCK`),
    isUnusable: true,
  },
  { name: 'a marker of another secret', make: markedFor(() => 'arn of another secret'), isOfMysql: true },
  {
    name: 'a marker of the promoted replica, and a named pair',
    make: markedFor(({ secretArn }) => secretArn.replace('us-east-1', 'eu-west-1')),
    naming: 'pair',
    isOfMysql: true,
  },
];

/** A standby user of another application: refused by name and left as it is, then taken over as the deployer says. */
export async function strangers(faults: FaultRun, cloud: FaultCloud): Promise<void> {
  for (const kind of KINDS.filter(({ isOfMysql }) => isOfMysql !== true || server.product === 'MySQL')) {
    await faults.point(`a stranger with ${kind.name}`, async (report) => {
      const world = await cloud.makeWorld({ naming: kind.naming ?? 'suffix' });
      const oracle = await Oracle.open();
      try {
        await meet(kind, world, oracle, report);
      } finally {
        await oracle.close();
        await world.close();
      }
    });
  }
}

async function meet(kind: Kind, world: World, oracle: Oracle, report: PointReport): Promise<void> {
  const [, username] = world.users;
  await makeStranger(world, username);
  const session = await connectAs(stranger(username), world.database);
  await kind.make?.(world, username);
  const before = await exactRows(oracle.server, username);

  for (const name of ['the rotation', 'the next one']) {
    const { status, error } = await world.rotate();
    if (!REFUSALS.includes(error)) report.broken(`${name} ended with ${status} ${String(error)}`);
  }
  if ((await exactRows(oracle.server, username)) !== before) report.broken('the stranger was changed');
  if (kind.isUnusable !== true) {
    await session.query('SELECT COUNT(*) FROM ledger');
    report.logins(1, (await reads(stranger(username), world)) ? 0 : 1);
  }
  await session.end();

  world.setEnvironment({ ALLOW_TAKEOVER: `${world.secretArn}=${username}` });
  const { status, error } = await world.rotate();
  if (status !== 'SUCCEEDED') report.broken(`after ALLOW_TAKEOVER it ended with ${String(error)}`);
  for (const problem of await oracle.afterRecovery(world)) report.broken(problem);
}
