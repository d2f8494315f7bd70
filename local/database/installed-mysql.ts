import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { inspectMysqld, type MysqldProgram } from './mysqld-program';

/** The `mysqld` that is on the PATH. */
export async function findInstalledMysql(): Promise<MysqldProgram> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, 'mysqld');
    if (await isExecutable(path)) return inspectMysqld([path]);
  }
  throw new Error('there is none');
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
