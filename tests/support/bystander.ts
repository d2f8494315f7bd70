import { readFileSync } from 'node:fs';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import type { DatabaseServerAddress } from '../../local/database/database-server';

/** An administrator of a given server, who shares no code with lib/. */
export class Bystander {
  private constructor(private readonly connection: Connection) {}

  static async on({ host, port, admin, caBundlePath }: DatabaseServerAddress): Promise<Bystander> {
    const connection = await createConnection({
      host,
      port,
      user: admin.username,
      password: admin.password,
      ssl: {
        verifyIdentity: true,
        ...(caBundlePath === undefined ? {} : { ca: readFileSync(caBundlePath, 'utf8') }),
      },
      jsonStrings: true,
      charset: 'utf8mb4',
    });
    // A server may ignore the character set of the handshake.
    await connection.query("SET NAMES utf8mb4, SESSION sql_mode = ''");
    return new Bystander(connection);
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

  async rows(sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    const [rows] = await this.connection.query<RowDataPacket[]>(sql, [...values]);
    return rows;
  }

  end(): Promise<void> {
    return this.connection.end();
  }
}
