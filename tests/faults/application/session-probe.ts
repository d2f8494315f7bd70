import type { Connection, RowDataPacket } from 'mysql2/promise';
import { connectAs } from '../../support/database';
import { Counter, type Probe, type ReadSecret } from './probe';
import { textOf, useRights } from './use-database';

interface Session {
  connection: Connection;
  /** What the session's user may do, as the session was told when it began. */
  rights: string;
  /** How many sessions there were before it. */
  number: number;
}

interface SessionProbe extends Probe {
  /** Opens one more session with the current secret, and keeps it. */
  open(): Promise<void>;
  close(): void;
}

async function rightsOf(connection: Connection): Promise<string> {
  const [rows] = await connection.query<RowDataPacket[]>('SHOW GRANTS');
  return JSON.stringify(rows);
}

/** An application that never gives a session up: statements go on, whoever the session's user is by now. */
export function sessionProbe(readSecret: ReadSecret, database: string): SessionProbe {
  const counter = new Counter();
  const sessions: Session[] = [];
  const judge = async ({ connection, rights }: Session): Promise<string | undefined> => {
    const refusal = await useRights(connection, database);
    if (refusal !== undefined) return textOf(refusal);
    return (await rightsOf(connection)) === rights ? undefined : "its user's rights are not what they were";
  };
  return {
    name: 'on open sessions',
    open: async () => {
      const connection = await connectAs(await readSecret(), database);
      sessions.push({ connection, rights: await rightsOf(connection), number: sessions.length + 1 });
    },
    round: async () => {
      for (const session of [...sessions]) {
        const failure = await judge(session).catch((error: unknown) => (error as Error).message);
        counter.add(failure && `session ${session.number}: ${failure}`);
      }
    },
    take: () => counter.take(),
    close: () => {
      for (const { connection } of sessions) connection.destroy();
    },
  };
}
