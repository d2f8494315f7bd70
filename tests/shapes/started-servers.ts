import { startDatabaseServer, type DatabaseServer } from '../../local/database/database-server';
import { startMariadbServer } from '../../local/database/mariadb-server';

type Progress = (message: string) => void;

export const MARIADB_SUITES = ['bookworm', 'trixie'] as const;
export type MariadbSuite = (typeof MARIADB_SUITES)[number];

/** A MySQL of its own: what it is asked to change for everybody must not reach other tests. */
export function startPrivateMysql(onProgress: Progress = () => undefined): Promise<DatabaseServer> {
  return withoutUrl(() => startDatabaseServer({ onProgress }));
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
): Promise<DatabaseServer> {
  try {
    return await startMariadbServer({ suite, onProgress });
  } catch (error) {
    throw new Error(
      `these tests need MariaDB from Debian ${suite}, which apt fetches once: run them on Debian or Ubuntu with a network`,
      { cause: error },
    );
  }
}
