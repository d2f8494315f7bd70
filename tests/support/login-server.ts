import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import type { StandbyOrder, TlsPolicy } from '../../lib/databases/engine';
import { MysqlEngine } from '../../lib/databases/mysql/mysql-engine';
import type { DatabaseServer } from '../../local/database/database-server';
import { MARIADB_SUITES, startMariadb, startPrivateMysql } from '../shapes/started-servers';

export const START_TIMEOUT_MS = 120_000;
export const PASSWORD = 'Obstacle-0123456789-abcdefghijkl';

export const LOGIN_SERVERS = [
  { name: 'MySQL 9.7', product: 'MySQL', start: () => startPrivateMysql() },
  ...MARIADB_SUITES.map((suite) => ({
    name: `MariaDB of ${suite}`,
    product: 'MariaDB' as const,
    start: () => startMariadb(suite),
  })),
] as const;

/** A current user, and how TestSecret would log in as its standby. */
export interface LoginCase {
  /** Behind CREATE USER … IDENTIFIED BY. */
  options?: string;
  hosts?: readonly string[];
  /** Statements before, and what undoes them. */
  before?: readonly string[];
  after?: readonly string[];
  tls?: TlsPolicy;
  /** `database`: a first user is made, and there is no current one. */
  rights?: StandbyOrder['rights'];
}

/** A server of its own, whose settings and anonymous users no other test meets. */
export class LoginServer {
  private counter = 0;

  private constructor(
    readonly server: DatabaseServer,
    private readonly admin: Connection,
  ) {}

  static async start(start: () => Promise<DatabaseServer>): Promise<LoginServer> {
    const server = await start();
    const { username, password } = server.admin;
    const login = new LoginServer(server, await connectFrom(server, username, password));
    // More specific than any anonymous user of a test.
    const { here } = login;
    await login.run(
      `CREATE USER 'login_master'@'${here}' IDENTIFIED BY '${PASSWORD}'`,
      `GRANT ALL PRIVILEGES ON *.* TO 'login_master'@'${here}' WITH GRANT OPTION`,
    );
    return login;
  }

  /** What the server calls this machine: the MariaDB of these tests resolves no names. */
  get here(): string {
    return this.server.product === 'MySQL' ? 'localhost' : '127.0.0.1';
  }

  connect(username: string, from?: string): Promise<Connection> {
    return connectFrom(this.server, username, PASSWORD, from);
  }

  async run(...statements: readonly string[]): Promise<void> {
    for (const statement of statements) await this.admin.query(statement);
  }

  async rows<Row>(sql: string): Promise<Row[]> {
    return (await this.admin.query<RowDataPacket[]>(sql))[0] as Row[];
  }

  async makeUser(username: string, hosts: readonly string[], options = ''): Promise<void> {
    await this.run(
      ...hosts.map((host) => `CREATE USER '${username}'@'${host}' IDENTIFIED BY '${PASSWORD}' ${options}`),
    );
  }

  /** Drops every user of a test, the anonymous ones included. */
  async dropUsers(): Promise<void> {
    const users = await this.rows<{ User: string; Host: string }>(
      "SELECT User, Host FROM mysql.user WHERE User = '' OR User LIKE 'app%'",
    );
    await this.run(...users.map(({ User: user, Host: host }) => `DROP USER '${user}'@'${host}'`));
  }

  /** What is foreseen; then the standby is built all the same, and the server says whether that was right. */
  async foresee({ tls = 'verified', rights = { from: 'current' }, ...made }: LoginCase) {
    const { options, hosts = ['%'], before = [], after = [] } = made;
    this.counter += 1; // a server goes on counting the logins of a user that was dropped
    const users = { current: `app${this.counter}`, standby: `app${this.counter}_clone` };
    if (rights.from === 'current') await this.makeUser(users.current, hosts, options);
    await this.run(...before);
    try {
      const engine = new MysqlEngine(this.server.caBundlePath);
      const master = { username: 'login_master', password: PASSWORD, tls: 'verified' } as const;
      const obstacle = await engine.withPair(this.server, master, users, async (pair) => {
        const found = await pair.loginObstacle(rights, tls);
        await pair.buildStandby({ rights, password: PASSWORD, marker: undefined, allowMissing: [] });
        return found;
      });
      const login = { username: users.standby, password: PASSWORD, tls };
      const logsIn = await engine.inspectSelf(this.server, login).then(
        () => true,
        () => false,
      );
      return { about: obstacle?.about, logsIn, users };
    } finally {
      await this.run(...after);
    }
  }

  async stop(): Promise<void> {
    await this.admin.end();
    await this.server.stop();
  }
}

function connectFrom(
  { port, caBundlePath = '' }: DatabaseServer,
  user: string,
  password: string,
  localAddress = '127.0.0.1',
): Promise<Connection> {
  return createConnection({
    user,
    password,
    stream: connect({ host: '127.0.0.1', port, localAddress }),
    host: 'localhost',
    ssl: { ca: readFileSync(caBundlePath, 'utf8') },
  });
}
