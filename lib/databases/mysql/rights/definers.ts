import { DatabaseBusyError } from '../../../errors';
import type { Server } from '../connection/server';
import type { Session } from '../connection/session';

/** How many objects a warning names; the rest is counted. */
const NAMED = 20;

const DEFINED = `
  SELECT CONCAT(LOWER(ROUTINE_TYPE), ' ', ROUTINE_SCHEMA, '.', ROUTINE_NAME) AS name, DEFINER AS definer FROM information_schema.ROUTINES
  UNION ALL SELECT CONCAT('view ', TABLE_SCHEMA, '.', TABLE_NAME), DEFINER FROM information_schema.VIEWS
  UNION ALL SELECT CONCAT('trigger ', TRIGGER_SCHEMA, '.', TRIGGER_NAME), DEFINER FROM information_schema.TRIGGERS
  UNION ALL SELECT CONCAT('event ', EVENT_SCHEMA, '.', EVENT_NAME), DEFINER FROM information_schema.EVENTS`;

/** How many are listed; what the server has besides is not worth the memory. */
const LISTED = 1_000;

/** A warning is not worth more of a step's time: listing views may open every table of the server. */
const LIMIT_SECONDS = 3;

/**
 * Objects that run with the rights of one of the pair. They go on working, but only their definer may alter
 * them, which no grant mends: worth a word, and a third, locked account as their owner. The server shows
 * objects that the master may see.
 */
export async function definerWarnings(
  session: Session,
  product: Server['product'],
  usernames: readonly string[],
): Promise<string[]> {
  const query = `name, definer FROM (${DEFINED}) AS defined WHERE SUBSTRING(definer, 1, CHAR_LENGTH(definer) - LOCATE('@', REVERSE(definer))) IN (?, ?) LIMIT ${LISTED}`;
  const limited =
    product === 'MySQL'
      ? `SELECT /*+ MAX_EXECUTION_TIME(${LIMIT_SECONDS * 1000}) */ ${query}`
      : `SET STATEMENT max_statement_time = ${LIMIT_SECONDS} FOR SELECT ${query}`;
  try {
    const rows = await session.rows<{ name: string; definer: string }>(
      'looking for definers',
      limited,
      usernames,
    );
    if (rows.length === 0) return [];
    const names = rows.slice(0, NAMED).map(({ name, definer }) => `${name} (${definer})`);
    const more =
      rows.length > NAMED
        ? `, and ${rows.length - NAMED}${rows.length === LISTED ? ' or more' : ''} more`
        : '';
    return [`objects with one of the pair as DEFINER: ${names.join(', ')}${more}`];
  } catch (error) {
    if (!(error instanceof DatabaseBusyError)) throw error;
    return [`objects with one of the pair as DEFINER could not be listed within ${LIMIT_SECONDS} s`];
  }
}
