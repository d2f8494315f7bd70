/**
 * Letters that the servers write small where they compare names of columns and routines, and, with
 * `lower_case_table_names`, of databases and tables: those of Unicode 3. For every character of these ranges JavaScript
 * makes the same small letter, except for one. Tried with each character of the basic plane on MySQL 9.7, MariaDB
 * 10.11 and 11.8 (tests/integration/names-as-stored.test.ts).
 */
const CAPITALS =
  /[\u0041-\u021e\u0222-\u0232\u0386-\u03ab\u03da-\u03ee\u0400-\u0480\u048c-\u04be\u04c1-\u04c3\u04c7\u04cb\u04d0-\u04f4\u04f8\u0531-\u0556\u1e00-\u1e94\u1ea0-\u1ef8\u1f08-\u212b\u2160-\u216f\u24b6-\u24cf\uff21-\uff3a]/gu;

/** The capital I with a dot; JavaScript keeps the dot. */
const DOTTED_I = '\u0130';

/** A name in the form in which two names are the same to the server. Accents and Unicode's forms stay different. */
export function foldCase(name: string): string {
  return name.replace(CAPITALS, (letter) => (letter === DOTTED_I ? 'i' : letter.toLowerCase()));
}
