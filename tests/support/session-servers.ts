import type { DatabaseServer } from '../../local/database/database-server';
import { startMariadb, startPrivateMysql } from '../shapes/started-servers';

/** Servers of their own, because tests change their global settings. The MariaDBs ignore what a client's handshake asks for. */
export const SESSION_SERVERS: readonly (readonly [name: string, start: () => Promise<DatabaseServer>])[] = [
  ['MySQL', () => startPrivateMysql()],
  ['MariaDB 10.11', () => startMariadb('bookworm', undefined, ['--skip-character-set-client-handshake'])],
  ['MariaDB 11.8', () => startMariadb('trixie', undefined, ['--skip-character-set-client-handshake'])],
];
