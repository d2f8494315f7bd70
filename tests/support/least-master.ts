import { quoteAccount, quoteName } from '../../lib/databases/mysql/connection/quote';
import type { Login } from '../../lib/databases/engine';
import type { DatabaseServerAddress } from '../../local/database/database-server';
import { Bystander } from './bystander';

const PASSWORD = 'Least-master-0123456789-0123456789';

/** A server with a database and a master that has no right on the server itself, so that `init_connect` runs for it. */
export class LeastMaster {
  readonly login: Login = { username: 'least_master', password: PASSWORD, tls: 'verified' };

  private constructor(
    readonly server: DatabaseServerAddress,
    readonly admin: Bystander,
  ) {}

  /** @param databases on which the master may give every right */
  static async on(server: DatabaseServerAddress, databases: readonly string[]): Promise<LeastMaster> {
    const admin = await Bystander.on(server);
    const made = new LeastMaster(server, admin);
    const account = quoteAccount(made.login.username, '%');
    await admin.run(
      `CREATE USER ${account} IDENTIFIED BY '${PASSWORD}'`,
      `GRANT CREATE USER ON *.* TO ${account}`,
      `GRANT SELECT ON mysql.* TO ${account}`,
    );
    for (const database of databases) {
      await admin.run(
        `CREATE DATABASE ${quoteName(database)}`,
        `GRANT ALL PRIVILEGES ON ${quoteName(database)}.* TO ${account} WITH GRANT OPTION`,
      );
    }
    return made;
  }

  /** Runs statements as the administrator. */
  run(...statements: string[]): Promise<void> {
    return this.admin.run(...statements);
  }

  /** What the server prints of a user's rights, without the row of its login. */
  async grantsOf(username: string): Promise<string[]> {
    const rows = await this.admin.rows(`SHOW GRANTS FOR ${quoteAccount(username, '%')}`);
    return rows
      .map((row) => String(Object.values(row)[0]).replaceAll(quoteName(username), '`USER`'))
      .filter((text) => !text.startsWith('GRANT USAGE ON *.*'))
      .sort();
  }

  close(): Promise<void> {
    return this.admin.end();
  }
}
