import type { Session } from './session';

/** How many objects a warning names; the rest is counted. */
const NAMED = 20;

const DEFINED = `
  SELECT CONCAT(LOWER(ROUTINE_TYPE), ' ', ROUTINE_SCHEMA, '.', ROUTINE_NAME) AS name, DEFINER AS definer FROM information_schema.ROUTINES
  UNION ALL SELECT CONCAT('view ', TABLE_SCHEMA, '.', TABLE_NAME), DEFINER FROM information_schema.VIEWS
  UNION ALL SELECT CONCAT('trigger ', TRIGGER_SCHEMA, '.', TRIGGER_NAME), DEFINER FROM information_schema.TRIGGERS
  UNION ALL SELECT CONCAT('event ', EVENT_SCHEMA, '.', EVENT_NAME), DEFINER FROM information_schema.EVENTS`;

/**
 * Objects that run with the rights of one of the pair. They go on working, but only their definer may alter
 * them, which no grant mends: worth a word, and a third, locked account as their owner. The server shows
 * objects that the master may see.
 */
export async function definerWarnings(session: Session, usernames: readonly string[]): Promise<string[]> {
  const rows = await session.rows<{ name: string; definer: string }>(
    'looking for definers',
    `SELECT name, definer FROM (${DEFINED}) AS defined WHERE SUBSTRING(definer, 1, CHAR_LENGTH(definer) - LOCATE('@', REVERSE(definer))) IN (?, ?)`,
    usernames,
  );
  if (rows.length === 0) return [];
  const names = rows.slice(0, NAMED).map(({ name, definer }) => `${name} (${definer})`);
  const more = rows.length > NAMED ? `, and ${rows.length - NAMED} more` : '';
  return [`objects with one of the pair as DEFINER: ${names.join(', ')}${more}`];
}
