import { readFileSync } from 'node:fs';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import type { DatabaseServerAddress } from '../../local/database/database-server';
import { SERVER_VARIABLE } from './global-setup';

/** The server that global-setup.ts started. */
export const server = JSON.parse(process.env[SERVER_VARIABLE] ?? '{}') as DatabaseServerAddress;

export interface Login {
  username: string;
  password: string;
}

/** A connection as an application makes it: verified TLS, no cache, no retry. */
export function connectAs({ username, password }: Login, database?: string): Promise<Connection> {
  return createConnection({
    host: server.host,
    port: server.port,
    user: username,
    password,
    ...(database === undefined ? {} : { database }),
    ...(server.ssl
      ? {
          ssl: {
            verifyIdentity: true,
            ...(server.caBundlePath === undefined ? {} : { ca: readFileSync(server.caBundlePath, 'utf8') }),
          },
        }
      : {}),
  });
}

/** Tells whether the server accepts a login, by making one. */
export async function logsIn(login: Login, database?: string): Promise<boolean> {
  try {
    const connection = await connectAs(login, database);
    await connection.query('SELECT 1');
    await connection.end();
    return true;
  } catch {
    return false;
  }
}

/** The administrator of the test server, for what a test must see or bring about. */
export class Administrator {
  private connection: Promise<Connection> | undefined;

  private open(): Promise<Connection> {
    this.connection ??= connectAs(server.admin);
    return this.connection;
  }

  async run(...statements: string[]): Promise<void> {
    for (const statement of statements) await (await this.open()).query(statement);
  }

  async rows<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const [rows] = await (await this.open()).query<RowDataPacket[]>(sql, [...values]);
    return rows as Row[];
  }

  /** Everything that the server knows of a user's accounts: rows, rights, the password's hash. */
  async accountsOf(username: string): Promise<unknown> {
    const accounts = await this.rows<Record<string, unknown>>(
      'SELECT * FROM mysql.user WHERE User = ? ORDER BY Host',
      [username],
    );
    return Promise.all(
      accounts.map(async (account) => ({
        account,
        grants: await this.rows('SHOW GRANTS FOR ?@?', [username, account['Host']]),
      })),
    );
  }

  /** What is asked afterwards opens a connection anew. */
  async close(): Promise<void> {
    const opened = this.connection;
    this.connection = undefined;
    await (await opened)?.end();
  }
}
