import { withSession } from '../../lib/databases/mysql/connection/session';
import { MysqlEngine, readPair } from '../../lib/databases/mysql/mysql-engine';
import { buildStandby } from '../../lib/databases/mysql/standby/build-standby';
import type { Login, OwnRights, StandbyOrder, StandbyReport } from '../../lib/databases/engine';
import { cloneUser } from '../../local/clone-user';
import type { DatabaseServer } from '../../local/database/database-server';
import { startMariadb, startMysqlWith } from '../shapes/started-servers';
import { Bystander } from './bystander';

const FOLDING = ['--lower-case-table-names=1'];

/** Servers of their own: how a server writes names is decided when its data is made. */
export const FOLDING_SERVERS = [
  ['MySQL', () => startMysqlWith(FOLDING)],
  ['MariaDB 10.11', () => startMariadb('bookworm', undefined, FOLDING)],
  ['MariaDB 11.8', () => startMariadb('trixie', undefined, FOLDING)],
] as const;

export const START_TIMEOUT_MS = 180_000;
export const PASSWORD = 'Of-a-user-0123456789-0123456789x';
export const PENDING = 'Pending-0123456789-0123456789012';

/** A server that writes names of databases in small letters, with the database `shop` and users named `app…`. */
export class FoldingServer {
  private constructor(
    private readonly server: DatabaseServer,
    readonly admin: Bystander,
  ) {}

  static async from(start: () => Promise<DatabaseServer>): Promise<FoldingServer> {
    const server = await start();
    const admin = await Bystander.on(server);
    await admin.run(
      'CREATE DATABASE Shop',
      'CREATE TABLE Shop.Orders (CustomerId INT, Größe INT, b INT)',
      'CREATE FUNCTION Shop.Total() RETURNS INT DETERMINISTIC RETURN 1',
    );
    return new FoldingServer(server, admin);
  }

  private get root(): Login {
    return { ...this.server.admin, tls: 'verified' };
  }

  run(...statements: string[]): Promise<void> {
    return this.admin.run(...statements);
  }

  clone(current = 'app', standby = 'app_clone'): Promise<StandbyReport> {
    const order = { current, standby, password: PENDING, host: undefined, allowMissing: [], planOnly: false };
    return cloneUser(this.server, this.root, this.server.caBundlePath, order);
  }

  build(order: StandbyOrder): Promise<StandbyReport> {
    const { server, root } = this;
    return withSession(server, root, 'master', server.caBundlePath, async (session) =>
      buildStandby(await readPair(session, { current: 'app', standby: 'app_clone' }), order),
    );
  }

  inspect(username: string): Promise<OwnRights> {
    const login: Login = { username, password: PENDING, tls: 'verified' };
    return new MysqlEngine(this.server.caBundlePath).inspectSelf(this.server, login);
  }

  /** Which of these statements a user may run. */
  async allowed(username: string, password: string, statements: readonly string[]): Promise<string[]> {
    const user = await Bystander.on({ ...this.server, admin: { username, password } });
    try {
      const outcomes: string[] = [];
      for (const sql of statements) {
        if (await user.rows(sql).then(Boolean, () => false)) outcomes.push(sql);
      }
      return outcomes;
    } finally {
      await user.end();
    }
  }

  async dropUsers(): Promise<void> {
    const rows = await this.admin.rows("SELECT User, Host FROM mysql.user WHERE User LIKE 'app%'");
    for (const { User: user, Host: host } of rows)
      await this.run(`DROP USER \`${String(user)}\`@\`${String(host)}\``);
  }

  async close(): Promise<void> {
    await this.admin.end();
    await this.server.stop();
  }
}
