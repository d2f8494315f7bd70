import { readFileSync } from 'node:fs';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import type { Login } from '../../lib/databases/engine';
import type { DatabaseServerAddress } from '../../local/database/database-server';
import { fixtureOf, fixtureRemoval, fixtureStatements, masterStatements } from './fixture';
import type { Fixture } from './shape';

const MASTER_PASSWORD = 'Master-of-shapes-0123456789abcdef';

const SYNTAX_ERROR = 1064;

let counter = 0;

/** A server with the fixture, an administrator who looks, and the master who rotates. */
export class ShapeServer {
  private constructor(
    readonly address: DatabaseServerAddress,
    readonly fixture: Fixture,
    private readonly connection: Connection,
  ) {}

  static async open(address: DatabaseServerAddress): Promise<ShapeServer> {
    const connection = await connect(address);
    counter += 1;
    const fixture = fixtureOf(address.product, `x${process.pid.toString(36)}${counter.toString(36)}`);
    const server = new ShapeServer(address, fixture, connection);
    // What a session prints must be comparable, and no GRANT may make an account by the way.
    await server.run(
      address.product === 'MySQL'
        ? "SET SESSION sql_mode = '', sql_quote_show_create = 1, print_identified_with_as_hex = 1"
        : "SET SESSION sql_mode = 'NO_AUTO_CREATE_USER', sql_quote_show_create = 1",
    );
    await server.run(...fixtureStatements(address.product, fixture));
    await server.run(...masterStatements(address.product, fixture, server.master));
    return server;
  }

  get product(): DatabaseServerAddress['product'] {
    return this.address.product;
  }

  /** May give everything but SUPER. */
  get master(): Login {
    return { username: `${this.fixture.prefix}m`, password: MASTER_PASSWORD, tls: 'verified' };
  }

  get root(): Login {
    return { ...this.address.admin, tls: 'verified' };
  }

  isAtLeast([major, minor]: readonly [number, number]): boolean {
    const [has = 0, hasMinor = 0] = this.address.version.split('.').map(Number);
    return has > major || (has === major && hasMinor >= minor);
  }

  async run(...statements: string[]): Promise<void> {
    for (const statement of statements) {
      try {
        await this.connection.query(statement);
      } catch (error) {
        throw new Error(`${statement}\n${(error as Error).message}`, { cause: error });
      }
    }
  }

  /** Runs each statement; one that the server refuses, for any reason but its grammar, is as if it were not there. */
  async tryEach(statements: readonly string[]): Promise<void> {
    for (const statement of statements) {
      try {
        await this.connection.query(statement);
      } catch (error) {
        if ((error as { errno?: number }).errno === SYNTAX_ERROR) throw error;
      }
    }
  }

  async rows(sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    const [rows] = await this.connection.query<RowDataPacket[]>(sql, [...values]);
    return rows;
  }

  /** Several queries in one journey, each with the same single value. */
  async rowsOfEach(queries: readonly string[], value: string): Promise<Record<string, unknown>[][]> {
    const [results] = await this.connection.query<RowDataPacket[][]>(
      queries.join('; '),
      queries.map(() => value),
    );
    return results;
  }

  async hostsOf(username: string): Promise<string[]> {
    const rows = await this.rows('SELECT Host FROM mysql.user WHERE User = ? ORDER BY Host', [username]);
    return rows.map(({ Host: host }) => String(host));
  }

  async dropUser(username: string): Promise<void> {
    const name = `\`${username.replaceAll('`', '``')}\``;
    for (const host of await this.hostsOf(username)) await this.run(`DROP USER ${name}@\`${host}\``);
  }

  /** Refused logins since the server started, whoever tried. */
  async failedLogins(): Promise<number> {
    const [row] = await this.rows("SHOW GLOBAL STATUS LIKE 'Aborted_connects'");
    return Number(row?.['Value']);
  }

  async close(): Promise<void> {
    await this.run(...fixtureRemoval(this.fixture));
    await this.dropUser(this.master.username);
    await this.connection.end();
  }
}

function connect({ host, port, admin, caBundlePath }: DatabaseServerAddress): Promise<Connection> {
  const ca = caBundlePath === undefined ? {} : { ca: readFileSync(caBundlePath, 'utf8') };
  return createConnection({
    host,
    port,
    user: admin.username,
    password: admin.password,
    ssl: { verifyIdentity: true, ...ca },
    // Texts as the server has them: numbers in JSON would not survive JavaScript.
    jsonStrings: true,
    dateStrings: true,
    multipleStatements: true,
    charset: 'utf8mb4',
  });
}
