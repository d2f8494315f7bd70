import type { Config } from '../config';
import { InitialSetupNotAllowedError } from '../errors';
import type { Credential } from '../secrets/credential';
import { nameHint } from './name-hint';
import { unstorable } from './storable-name';

/** Schemas of the server itself, on which no application gets rights by default. */
const SYSTEM_SCHEMAS = new Set(['mysql', 'sys', 'information_schema', 'performance_schema']);

/** Why no server has a database of this name, if that is so. */
function unusableDatabase(name: string): string | undefined {
  if (name.endsWith(' ')) return 'ends with a blank';
  const what = unstorable(name);
  return what === undefined ? undefined : `holds ${what}`;
}

/**
 * The database on which a first user may be given default rights, when neither user exists.
 * @throws {InitialSetupNotAllowedError} naming what the deployer or the secret would have to say.
 */
export function initialSetupDatabase(
  { dbname, username }: Credential,
  { initialSetup }: Pick<Config, 'initialSetup'>,
): string {
  if (initialSetup === 'never') {
    throw new InitialSetupNotAllowedError(
      `neither ${username} nor its standby exists: create ${username}, or let the deployer allow an initial setup with APP_USER_1 and APP_USER_2, or ALLOW_INITIAL_SETUP${nameHint(username)}`,
    );
  }
  if (dbname === undefined) {
    throw new InitialSetupNotAllowedError(
      'neither user exists and the secret has no dbname, on which the first one would get its rights',
    );
  }
  const problem = unusableDatabase(dbname);
  if (problem !== undefined) {
    throw new InitialSetupNotAllowedError(
      `neither user exists and dbname of the secret is no name of a database: it ${problem}`,
    );
  }
  if (SYSTEM_SCHEMAS.has(dbname.toLowerCase())) {
    throw new InitialSetupNotAllowedError('neither user exists and dbname of the secret is a system schema');
  }
  if (initialSetup !== 'any' && !initialSetup.includes(dbname)) {
    throw new InitialSetupNotAllowedError(
      'neither user exists and dbname of the secret is not listed in ALLOW_INITIAL_SETUP',
    );
  }
  return dbname;
}
