/** What to tell a user about something that was thrown; mysql-memory-server throws strings. */
export function messageOf(thrown: unknown): string {
  if (!isErrorLike(thrown)) return String(thrown);
  // The error of a host with several addresses has a code only.
  return thrown.message === '' ? (codeOf(thrown) ?? 'unknown') : thrown.message;
}

/** The system's name for the error, for example `ENOENT`. */
export function codeOf(thrown: unknown): string | undefined {
  return isErrorLike(thrown) && typeof thrown.code === 'string' ? thrown.code : undefined;
}

/** Not `instanceof Error`: jest runs tests in a realm of their own, and Node's errors come from another one. */
function isErrorLike(thrown: unknown): thrown is { message: string; code?: unknown } {
  return (
    typeof thrown === 'object' && thrown !== null && 'message' in thrown && typeof thrown.message === 'string'
  );
}
