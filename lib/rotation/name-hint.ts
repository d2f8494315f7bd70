/** What is written around user names by mistake, and is a part of one to a server. */
const AROUND: readonly (readonly [pattern: RegExp, found: string])[] = [
  [/^['"`]|['"`]$/, 'has a quote at an end'],
  [/@/, 'has an @ in it, and a host part does not belong there'],
];

/** For a message about a user that does not exist: why that may be, or nothing. */
export function nameHint(username: string): string {
  const found = AROUND.find(([pattern]) => pattern.test(username))?.[1];
  return found === undefined ? '' : ` (mind that username of the secret ${found})`;
}
