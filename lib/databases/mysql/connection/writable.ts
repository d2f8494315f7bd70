import { DatabaseBusyError } from '../../../errors';

/**
 * Variables that keep a server from being written to. It refuses that itself, but not to a master who holds SUPER,
 * CONNECTION_ADMIN or READ ONLY ADMIN: what such a master writes on a reader, the writer does not have.
 * `read_only` (also on the secondaries of Group Replication, with `super_read_only`), `innodb_read_only` (Aurora's
 * readers), `offline_mode` (a server that is being taken out of service).
 * https://dev.mysql.com/doc/refman/9.7/en/server-system-variables.html
 * https://mariadb.com/docs/server/server-management/variables-and-modes/server-system-variables
 */
export const WRITE_GUARDS = ['read_only', 'super_read_only', 'innodb_read_only', 'offline_mode'] as const;

/** MariaDB 12 knows more kinds of ON than one, so it is OFF that is looked for. */
const OFF = new Set(['OFF', '0', '']);

/** @returns the guard that is on, as `variable = value`, or undefined */
export function writeGuard(variables: ReadonlyMap<string, string>): string | undefined {
  const found = WRITE_GUARDS.find((name) => !OFF.has((variables.get(name) ?? '').toUpperCase()));
  return found === undefined ? undefined : `${found} = ${variables.get(found) ?? ''}`;
}

/**
 * @param guard what `writeGuard` found
 * @throws {DatabaseBusyError} as when the server refuses a statement for it: a failover passes.
 */
export function requireWritable(guard: string | undefined): void {
  if (guard === undefined) return;
  throw new DatabaseBusyError(
    `nothing was written: the server is read only (${guard}): a failover, or a reader. If it stays, name the writer's endpoint in the secret`,
  );
}
