import type { StandbyOrder } from '../../engine';
import type { StoredAccount, StoredUser } from '../accounts/account';
import { differingOptions, optionClauses } from '../accounts/account-options';
import { loginClauses } from '../passwords/login-clause';
import { isHashOf } from '../passwords/password-hash';
import { unusablePassword } from '../passwords/unusable-password';
import type { PairOnServer } from './pair-on-server';
import { quoteAccount } from '../connection/quote';
import { statement, type Statement } from '../connection/statement';
import type { Targets } from './targets';

/** Statements of a standby's making that are not about its rights. */

/**
 * The accounts that do not exist yet: made locked, so that nobody gets in whatever happens before the last
 * statement, and marked, so that a later run knows whose they are.
 */
export function creation(pair: PairOnServer, targets: Targets, order: StandbyOrder): Statement[] {
  const absent: Targets = new Map([...targets].filter(([host]) => !pair.standby.accounts.has(host)));
  if (absent.size === 0) return [];
  const { username } = pair.standby;
  const { sql, shown } = loginClauses(pair, username, absent, unusablePassword(username, order.password));
  const marker = order.marker === undefined ? '' : pair.flavour.markerClause(order.marker, undefined);
  return [
    {
      label: 'creating the standby user',
      sql: `CREATE USER ${sql} ACCOUNT LOCK${marker}`,
      shown: `CREATE USER ${shown} ACCOUNT LOCK${marker}`,
    },
  ];
}

/** Options that differ, account by account; and a retained old password, which would go on logging in beside the new one. */
export function optionChanges(
  pair: PairOnServer,
  standby: StoredUser,
  targets: Targets,
): { statements: Statement[]; changed: string[] } {
  const statements: Statement[] = [];
  const changed: string[] = [];
  for (const [host, { options }] of targets) {
    const account = standby.accounts.get(host);
    const actual = account?.options ?? pair.flavour.initialOptions;
    const name = quoteAccount(standby.username, host);
    const names = differingOptions(options, actual);
    if (names.length > 0) {
      changed.push(...names.map((option) => `${option} OF ${name}`));
      statements.push(
        statement('setting account options', `ALTER USER ${name} ${optionClauses(options, actual)}`),
      );
    }
    if (account?.secondAuthentication !== undefined) {
      changed.push(`DISCARD OLD PASSWORD OF ${name}`);
      statements.push(statement('discarding the old password', `ALTER USER ${name} DISCARD OLD PASSWORD`));
    }
  }
  return { statements, changed };
}

/**
 * Whether an account has the password already, and need not be given it again: a server that remembers passwords
 * would refuse it. An expired account must be, since only a password ends that.
 */
function hasPassword(account: StoredAccount | undefined, plugin: string, password: string): boolean {
  return (
    account?.plugin === plugin &&
    !account.passwordExpired &&
    isHashOf(plugin, account.authentication, password)
  );
}

/** The one statement after which somebody can log in as the standby. */
export function lastStatement(
  pair: PairOnServer,
  targets: Targets,
  order: Pick<StandbyOrder, 'password' | 'marker'>,
  rightsDigest: string | undefined,
): Statement & { cleartext: boolean } {
  const { username, accounts } = pair.standby;
  const given: Targets = new Map(
    [...targets].filter(([host, { plugin }]) => !hasPassword(accounts.get(host), plugin, order.password)),
  );
  const { sql, shown, cleartext } = loginClauses(pair, username, given, order.password);
  const kept = [...targets.keys()]
    .filter((host) => !given.has(host))
    .map((host) => quoteAccount(username, host));
  const marker = order.marker === undefined ? '' : pair.flavour.markerClause(order.marker, rightsDigest);
  const write = (clauses: string) =>
    `ALTER USER ${[...kept, clauses].filter((part) => part !== '').join(', ')} ACCOUNT UNLOCK${marker}`;
  return {
    label: 'setting the password of the standby user',
    sql: write(sql),
    shown: write(shown),
    cleartext,
  };
}
