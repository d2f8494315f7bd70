import { randomBytes } from 'node:crypto';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseServerAddress } from '../../../local/database/database-server';
import { findDebianMysql } from '../../../local/database/debian-mysql';
import { findInstalledMysql } from '../../../local/database/installed-mysql';
import type { KeeperReport } from '../../../local/database/kept-server';
import type { MysqldProgram } from '../../../local/database/mysqld-program';
import { makeServerFolder, placeMysqld, type ServerFolder } from '../../../local/database/server-folder';

/** What the keeper is told. */
export interface KillableOrder {
  act: 'start' | 'kill';
  version: string;
  options: readonly string[];
  /** Run at the very first start, before the server accepts connections. */
  firstStatements: readonly string[];
}

/** A MySQL of one's own that can be killed, and comes back at the same place with what was committed. */
export interface KillableServer {
  readonly address: DatabaseServerAddress;
  /** With the server's certificate and key, which can be replaced. */
  readonly folder: ServerFolder;
  /** As `kill -9` does. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Resolves when it accepts connections again; does nothing while it runs. */
  start(): Promise<void>;
}

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function findMysqld(): Promise<MysqldProgram> {
  const reasons: string[] = [];
  for (const find of [findInstalledMysql, () => findDebianMysql(() => undefined)]) {
    try {
      return await find();
    } catch (error) {
      reasons.push(message(error));
    }
  }
  throw new Error(
    `a MySQL that may be killed needs a mysqld on the PATH, or Debian's packages: ${reasons.join('; ')}`,
  );
}

/** Small, so that it is back within a second; what was committed survives a kill, as it must. */
function serverOptions(folder: ServerFolder): string[] {
  return [
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
    '--bind-address=127.0.0.1',
    `--socket=${join(folder.path, 'socket')}`,
    `--pid-file=${join(folder.path, 'mysqld.pid')}`,
    `--ssl-ca=${folder.caBundlePath}`,
    `--ssl-cert=${folder.certificatePath}`,
    `--ssl-key=${folder.privateKeyPath}`,
    '--ssl-session-cache-mode=OFF', // a ticket would come between a handshake's messages, or not
    '--mysqlx=OFF',
    '--skip-log-bin',
    '--skip-name-resolve',
    '--performance-schema=OFF',
    '--innodb-buffer-pool-size=16M',
    '--innodb-redo-log-capacity=16M',
    '--innodb-doublewrite=OFF', // the machine itself goes on
  ];
}

/** One order at a time. */
async function tell(keeper: ChildProcess, order: KillableOrder): Promise<number> {
  const settled = new AbortController();
  const { signal } = settled;
  try {
    const answer = Promise.race([
      once(keeper, 'message', { signal }).then(([report]) => report as KeeperReport),
      once(keeper, 'exit', { signal }).then(() => ({ failed: 'the process around the server ended' })),
    ]);
    keeper.send(order);
    const report = await answer;
    if ('failed' in report) throw new Error(report.failed);
    return report.port;
  } finally {
    settled.abort();
  }
}

/** Lends a MySQL that may be killed. */
export async function withKillableServer(use: (server: KillableServer) => Promise<void>): Promise<void> {
  const program = await findMysqld();
  const folder = await makeServerFolder();
  await placeMysqld(folder, program);
  const keeper = fork(join(__dirname, 'mysqld-keeper.ts'), [folder.path], {
    detached: true,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    const admin = { username: 'root', password: randomBytes(18).toString('base64url') };
    const order = {
      version: program.version,
      options: serverOptions(folder),
      firstStatements: [
        `ALTER USER 'root'@'localhost' IDENTIFIED BY '${admin.password}';`,
        "RENAME USER 'root'@'localhost' TO 'root'@'127.0.0.1';",
      ],
    };
    const port = await tell(keeper, { act: 'start', ...order });
    let last: Promise<unknown> = Promise.resolve();
    const inTurn = async (act: KillableOrder['act']): Promise<void> => {
      const told = last.then(() => tell(keeper, { act, ...order }));
      last = told.catch(() => undefined);
      await told;
    };
    await use({
      address: {
        host: '127.0.0.1',
        port,
        admin,
        product: 'MySQL',
        version: program.version,
        caBundlePath: folder.caBundlePath,
        ssl: true,
      },
      folder,
      kill: () => inTurn('kill'),
      start: () => inTurn('start'),
    });
  } finally {
    const exit = once(keeper, 'exit');
    if (keeper.connected) keeper.disconnect();
    if (keeper.exitCode === null) await exit;
    await rm(folder.path, { recursive: true, force: true });
  }
}
