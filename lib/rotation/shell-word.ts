/**
 * A text as one word of a POSIX shell, for a command in a message. A version id may hold any character, and
 * whoever may write the secret chooses it; an operator copies the command.
 */
export function shellWord(text: string): string {
  return /^[\w.:/+=@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
