import type { Connection, RowDataPacket } from 'mysql2/promise';
import { quoteName, quoteText, literalPattern } from '../../lib/databases/mysql/connection/quote';
import type { DatabaseServerAddress } from '../database/database-server';
import { messageOf } from '../database/failure';
import type { Cast } from './cast';
import { connect } from './connect';

/** The administrator's view of the application's part of the server. */
export interface ApplicationDatabase {
  /** Those of the application's two users that exist. */
  existingAppUsers: () => Promise<string[]>;
  setMasterPassword: (password: string) => Promise<void>;
}

/** The table that the application works on. */
export const TABLE = 'purchase';

/** A master that does nothing but rotate needs no more than this. */
function statements({ database, master }: Cast): string[] {
  const masterUser = quoteName(master.username);
  return [
    `CREATE DATABASE ${quoteName(database)}`,
    `CREATE TABLE ${quoteName(database)}.${TABLE} (customer INT PRIMARY KEY, purchases INT NOT NULL)`,
    `CREATE USER ${masterUser} IDENTIFIED BY ${quoteText(master.password)}`,
    `GRANT CREATE USER ON *.* TO ${masterUser}`,
    `GRANT SELECT ON mysql.* TO ${masterUser}`,
    `GRANT ALL PRIVILEGES ON ${quoteName(literalPattern(database))}.* TO ${masterUser} WITH GRANT OPTION`,
  ];
}

/** Lends the application's database and the master user, and removes both, and the application's users, at the end. */
export async function withApplicationDatabase<Result>(
  server: DatabaseServerAddress,
  cast: Cast,
  use: (database: ApplicationDatabase) => Promise<Result>,
): Promise<Result> {
  const admin = await connect(server, server.admin);
  try {
    for (const statement of statements(cast)) await admin.query(statement);
    return await use(view(admin, cast));
  } finally {
    await clear(admin, cast);
    await admin.end();
  }
}

function view(admin: Connection, { appUsers, master }: Cast): ApplicationDatabase {
  return {
    existingAppUsers: async () => {
      const [rows] = await admin.query<RowDataPacket[]>(
        'SELECT User AS username FROM mysql.user WHERE User IN (?) ORDER BY User',
        [appUsers],
      );
      return rows.map(({ username }) => String(username));
    },
    setMasterPassword: async (password) => {
      await admin.query(`ALTER USER ${quoteName(master.username)} IDENTIFIED BY ${quoteText(password)}`);
    },
  };
}

async function clear(admin: Connection, { database, master, appUsers }: Cast): Promise<void> {
  const users = [master.username, ...appUsers].map(quoteName).join(', ');
  try {
    await admin.query(`DROP USER IF EXISTS ${users}`);
    await admin.query(`DROP DATABASE IF EXISTS ${quoteName(database)}`);
  } catch (error) {
    // A server that went away must not hide why the run ended; a private one takes all of this with it.
    console.error(`${database} and its users could not be removed: ${messageOf(error)}`);
  }
}
