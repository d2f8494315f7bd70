import { quoteName, quoteText, literalPattern } from '../../lib/databases/mysql/connection/quote';
import type { DatabaseServerAddress } from '../database/database-server';
import type { Cast } from './cast';
import { connect } from './connect';

/** Makes the user that the application's secret names, so that there is one to rotate. */
export async function createFirstUser(
  server: DatabaseServerAddress,
  { database, appUsers: [username] }: Cast,
  password: string,
): Promise<void> {
  const admin = await connect(server, server.admin);
  try {
    await admin.query(`CREATE USER ${quoteName(username)} IDENTIFIED BY ${quoteText(password)}`);
    await admin.query(
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ${quoteName(literalPattern(database))}.* TO ${quoteName(username)}`,
    );
    await admin.end();
  } finally {
    admin.destroy();
  }
}
