import type { Administrator, Login } from './database';

/** Whose database and users are to be made. */
interface Cast {
  admin: Administrator;
  database: string;
  users: readonly [string, string];
  master: Login;
  firstPassword: string;
}

/** Makes a database, a master with the rights that docs/security.md gives it, and perhaps the first user. */
export async function makeUsers(
  { admin, database, users, master, firstPassword }: Cast,
  currentUser: 'exists' | 'absent',
): Promise<void> {
  const pattern = `\`${database.replaceAll('_', '\\_')}\`.*`;
  await admin.run(
    `CREATE DATABASE \`${database}\``,
    `CREATE TABLE \`${database}\`.item (id INT PRIMARY KEY, name TEXT)`,
    `CREATE USER '${master.username}' IDENTIFIED BY '${master.password}'`,
    `GRANT CREATE USER ON *.* TO '${master.username}'`,
    `GRANT SELECT ON mysql.* TO '${master.username}'`,
    `GRANT ALL PRIVILEGES ON ${pattern} TO '${master.username}' WITH GRANT OPTION`,
  );
  if (currentUser === 'absent') return;
  await admin.run(
    `CREATE USER '${users[0]}' IDENTIFIED BY '${firstPassword}'`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${pattern} TO '${users[0]}'`,
  );
}

/** Drops every account of these users, at whichever host: the next test file has the same names. */
export async function dropUsers(admin: Administrator, users: readonly string[]): Promise<void> {
  const accounts = await admin.rows<{ User: string; Host: string }>(
    'SELECT User, Host FROM mysql.user WHERE User IN (?)',
    [users],
  );
  for (const { User: user, Host: host } of accounts)
    await admin.run(`DROP USER IF EXISTS '${user}'@'${host}'`);
}
