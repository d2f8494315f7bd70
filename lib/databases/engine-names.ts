/**
 * Values of a secret's `engine` that mean MySQL's protocol and account system, with the longest user name
 * such a server can hold: 32 since MySQL 5.7 (Reference Manual, "Account User Names and Passwords"), 128 on
 * MariaDB since 10.6 (tried on 10.11 and 11.8). RDS writes `aurora-mysql` or `aurora` for Aurora.
 *
 * Without driver code, so that a step that only reads secrets can judge names.
 */
const USER_NAME_LIMITS: ReadonlyMap<string, number> = new Map([
  ['mysql', 32],
  ['aurora-mysql', 32],
  ['aurora', 32],
  ['mariadb', 128],
]);

export const SUPPORTED_ENGINES: readonly string[] = [...USER_NAME_LIMITS.keys()];

export function isSupportedEngine(engine: string): boolean {
  return USER_NAME_LIMITS.has(engine.toLowerCase());
}

/** Characters. An unknown engine gets MySQL's limit; it is refused elsewhere. */
export function userNameLimit(engine: string): number {
  return USER_NAME_LIMITS.get(engine.toLowerCase()) ?? 32;
}
