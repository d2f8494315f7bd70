/** Control characters, of which NUL would end a name. */
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Characters beyond the Basic Multilingual Plane, and halves of one. */
const BEYOND = /[\u{10000}-\u{10ffff}]|\p{Surrogate}/u;

/**
 * Why no server stores a name as it stands, if that is so. The grant tables of MySQL and MariaDB hold three bytes a
 * character (utf8mb3): MySQL 9.7 stores another name without a word, MariaDB 10.11 and 11.8 refuse the statement.
 */
export function unstorable(name: string): string | undefined {
  if (CONTROL.test(name)) return 'a control character';
  return BEYOND.test(name) ? 'a character beyond U+FFFF, such as an emoji' : undefined;
}
