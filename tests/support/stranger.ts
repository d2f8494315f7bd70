import type { Login } from './database';
import type { World } from './world';

/** A user that another application made: with a password, rights and a table of its own. */
export async function makeStranger(world: World, username: string, host = '%'): Promise<void> {
  const pattern = world.database.replaceAll('_', '\\_');
  await world.admin.run(
    `CREATE TABLE IF NOT EXISTS \`${world.database}\`.ledger (id INT PRIMARY KEY)`,
    `CREATE USER '${username}'@'${host}' IDENTIFIED BY 'of a stranger'`,
    `GRANT SELECT ON \`${pattern}\`.* TO '${username}'@'${host}'`,
  );
}

/** How that user logs in. */
export const stranger = (username: string): Login => ({ username, password: 'of a stranger' });
