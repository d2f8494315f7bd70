import type { StoredUser } from '../accounts/account';
import { definerWarnings } from '../rights/definers';
import type { PairOnServer } from '../standby/pair-on-server';
import { namedInChannels, namedInTables } from './named-in-tables';
import { namedInVariables } from './named-in-variables';

/** A report keeps so many warnings of so many characters: together far below the 256 KiB of a state's output. */
const MOST_WARNINGS = 20;
const LONGEST_WARNING = 500;

/** What of an account a copy cannot have, or what lets others than applications log in with it. */
function ownWarnings({ username, accounts }: StoredUser): string[] {
  const all = [...accounts.values()];
  const retaining = all.filter(({ secondAuthentication }) => secondAuthentication !== undefined);
  const isReplica = all.some(({ rights }) =>
    [...rights.values()].some(
      (right) =>
        right.kind === 'static' && right.scope.level === 'global' && right.privilege === 'REPLICATION SLAVE',
    ),
  );
  return [
    ...(retaining.length === 0
      ? []
      : [
          `${username} retains an old password beside its own: its copy gets one password, and both go when ${username} is set again`,
        ]),
    ...(isReplica
      ? [
          `${username} may log in as a replica (REPLICATION SLAVE), and a replica keeps a password of its own, which rotations do not change: use another user for that`,
        ]
      : []),
  ];
}

/** RDS Proxy makes this account in each database behind it (Amazon RDS User Guide, "RDS Proxy concepts"). */
async function proxyWarnings({ session }: PairOnServer): Promise<string[]> {
  const rows = await session.rows(
    'looking for a proxy',
    "SELECT User FROM mysql.user WHERE User = 'rdsproxyadmin' LIMIT 1",
  );
  return rows.length === 0
    ? []
    : [
        'an RDS Proxy seems to stand before this server (there is an account rdsproxyadmin): it has a list of users and passwords of its own, and ends sessions when the user name changes',
      ];
}

function bounded(warnings: readonly string[]): string[] {
  const shown = warnings
    .slice(0, MOST_WARNINGS)
    .map((warning) =>
      warning.length > LONGEST_WARNING ? `${warning.slice(0, LONGEST_WARNING - 1)}…` : warning,
    );
  const more = warnings.length - shown.length;
  return more === 0 ? shown : [...shown, `and ${more} more warnings`];
}

/**
 * What stands outside both accounts and names one of them: a rotation changes none of it. Only what the master may
 * read is looked at; the rest is left out.
 */
export async function outsideWarnings(pair: PairOnServer): Promise<string[]> {
  const { session, server, current, standby } = pair;
  const names = { current: current.username, standby: standby.username };
  return bounded([
    ...ownWarnings(current),
    ...(await namedInVariables(session, names)),
    ...(await namedInTables(session, server.product, names)),
    ...(server.product === 'MariaDB' ? await namedInChannels(session, names) : []),
    ...(await proxyWarnings(pair)),
    ...(await definerWarnings(session, server.product, [names.current, names.standby])),
  ]);
}
