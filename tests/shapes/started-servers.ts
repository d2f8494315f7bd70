import { startDatabaseServer, type DatabaseServer } from '../../local/database/database-server';
import { findDebianMysql } from '../../local/database/debian-mysql';
import { startMariadbServer } from '../../local/database/mariadb-server';
import { startMysqlServer } from '../../local/database/mysql-server';

type Progress = (message: string) => void;

export const MARIADB_SUITES = ['bookworm', 'trixie'] as const;
export type MariadbSuite = (typeof MARIADB_SUITES)[number];

/** A MySQL of its own: what it is asked to change for everybody must not reach other tests. */
export function startPrivateMysql(onProgress: Progress = () => undefined): Promise<DatabaseServer> {
  return withoutUrl(() => startDatabaseServer({ onProgress }));
}

/** A MySQL with options that count from the first start of its data on. */
export async function startMysqlWith(options: readonly string[]): Promise<DatabaseServer> {
  const program = await findDebianMysql(() => undefined);
  return startMysqlServer({ ...program, options: [...program.options, ...options] }, () => undefined);
}

/** `ROTATION_MYSQL_URL` names a server that others use too. */
async function withoutUrl<Result>(act: () => Promise<Result>): Promise<Result> {
  const url = process.env['ROTATION_MYSQL_URL'];
  delete process.env['ROTATION_MYSQL_URL'];
  try {
    return await act();
  } finally {
    if (url !== undefined) process.env['ROTATION_MYSQL_URL'] = url;
  }
}

/** @throws {Error} saying what to do, where Debian's packages cannot be had: nothing is skipped. */
export async function startMariadb(
  suite: MariadbSuite,
  onProgress: Progress = () => undefined,
  options: readonly string[] = [],
): Promise<DatabaseServer> {
  try {
    return await startMariadbServer({ suite, options, onProgress });
  } catch (error) {
    throw new Error(
      `these tests need MariaDB from Debian ${suite}, which apt fetches once: run them on Debian or Ubuntu with a network`,
      { cause: error },
    );
  }
}
