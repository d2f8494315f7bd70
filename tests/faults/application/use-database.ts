import type { Connection } from 'mysql2/promise';
import { connectAs, type Login } from '../../support/database';

/** A refusal as the server words it; its message holds a user's name and a host, and no password. */
interface Refusal {
  errno: number | undefined;
  message: string;
}

/** ER_ACCESS_DENIED_ERROR: the password is not, or not any more, this user's. */
export const ACCESS_DENIED = 1045;

export const textOf = ({ errno, message }: Refusal): string => `${errno ?? 'no number'} ${message}`;

/** Reads and writes, with a name and without one for the database, as far as an application's rights go. */
export async function useRights(session: Connection, database: string): Promise<Refusal | undefined> {
  try {
    await session.query('SELECT COUNT(*) FROM item');
    await session.query(`INSERT INTO \`${database}\`.item (name) VALUES (?)`, ['a row']);
    return undefined;
  } catch (error) {
    return refusalOf(error);
  }
}

/** Whether a session may still read. Cheaper than `useRights`, for what is asked very often. */
export async function mayRead(session: Connection): Promise<boolean> {
  return session.query('SELECT 1 FROM item LIMIT 1').then(
    () => true,
    () => false,
  );
}

/** Logs in and uses its rights. @returns what the server refused */
export async function logInAndUse(login: Login, database: string): Promise<Refusal | undefined> {
  try {
    const session = await connectAs(login, database);
    try {
      return await useRights(session, database);
    } finally {
      session.destroy();
    }
  } catch (error) {
    return refusalOf(error);
  }
}

function refusalOf(error: unknown): Refusal {
  const { errno, message } = error as { errno?: number; message: string };
  return { errno, message };
}
