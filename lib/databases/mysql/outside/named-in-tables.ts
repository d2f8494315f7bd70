import type { PairNames } from '../../engine';
import type { Server } from '../connection/server';
import type { Session } from '../connection/session';
import { readIfAllowed } from './read-if-allowed';

/** Rows of one table that are read, and that one warning can name. */
const MOST_ROWS = 50;

interface Place {
  /** The one product that has it; both when undefined. */
  on?: Server['product'];
  label: string;
  /** Answers `name`, one of the pair, and `what`; its placeholders are the two names. */
  query: string;
  /** Nothing is to be done where both are named for the same. */
  isFineForBoth: boolean;
  sentence: (name: string, other: string, what: readonly string[]) => string;
}

const listed = (what: readonly string[]): string => what.join(', ');

/**
 * Tables that name users beside their accounts. Those of plugins (audit, firewall) need not exist, and those of
 * performance_schema can be read by a master with more than the least rights.
 */
const PLACES: readonly Place[] = [
  {
    label: 'looking for server links',
    query: 'SELECT Username AS name, Server_name AS what FROM mysql.servers WHERE Username IN (?, ?)',
    isFineForBoth: false,
    sentence: (name, _other, what) =>
      `mysql.servers: the server link ${listed(what)} logs in as ${name} with a password of its own, which rotations do not change`,
  },
  {
    label: 'looking for replication channels',
    on: 'MySQL',
    query:
      "SELECT User_name AS name, CONCAT('\"', Channel_name, '\"') AS what FROM mysql.slave_master_info WHERE User_name IN (?, ?)",
    isFineForBoth: false,
    sentence: (name, _other, what) =>
      `mysql.slave_master_info: the replication channel ${listed(what)} logs in as ${name} with a password of its own, which rotations do not change`,
  },
  {
    label: 'looking for proxy users',
    query:
      "SELECT Proxied_user AS name, CONCAT(User, '@', Host) AS what FROM mysql.proxies_priv WHERE Proxied_user IN (?, ?)",
    isFineForBoth: true,
    sentence: (name, other, what) =>
      `mysql.proxies_priv: ${listed(what)} may act as ${name} and not as ${other}: GRANT PROXY on both`,
  },
  {
    label: 'looking for users that are roles',
    on: 'MySQL',
    query:
      "SELECT FROM_USER AS name, CONCAT(TO_USER, '@', TO_HOST) AS what FROM mysql.role_edges WHERE FROM_USER IN (?, ?)",
    isFineForBoth: true,
    sentence: (name, other, what) =>
      `mysql.role_edges: ${name} is a role of ${listed(what)}, and ${other} is not: use a role that is no user`,
  },
  {
    label: 'looking for audit filters',
    on: 'MySQL',
    query:
      "SELECT USER AS name, CONCAT(FILTERNAME, ' at ', HOST) AS what FROM mysql.audit_log_user WHERE USER IN (?, ?)",
    isFineForBoth: true,
    sentence: (name, other, what) =>
      `mysql.audit_log_user: the audit filter ${listed(what)} is for ${name} and not for ${other}: assign it to both`,
  },
  {
    label: 'looking for firewall profiles',
    on: 'MySQL',
    query: `SELECT SUBSTRING_INDEX(USERHOST, '@', 1) AS name, 'a profile' AS what FROM mysql.firewall_users
      WHERE SUBSTRING_INDEX(USERHOST, '@', 1) IN (?, ?)`,
    isFineForBoth: true,
    sentence: (name, other) =>
      `mysql.firewall_users: ${name} has a firewall profile and ${other} has none: make one for both, or a group`,
  },
  {
    label: 'looking for firewall groups',
    on: 'MySQL',
    query: `SELECT SUBSTRING_INDEX(MEMBER_ID, '@', 1) AS name, GROUP_ID AS what FROM mysql.firewall_membership
      WHERE SUBSTRING_INDEX(MEMBER_ID, '@', 1) IN (?, ?)`,
    isFineForBoth: true,
    sentence: (name, other, what) =>
      `mysql.firewall_membership: the firewall group ${listed(what)} has ${name} and not ${other}: add it`,
  },
  {
    label: 'looking for instrumented users',
    query:
      "SELECT USER AS name, CONCAT('host ', HOST) AS what FROM performance_schema.setup_actors WHERE USER IN (?, ?)",
    isFineForBoth: true,
    sentence: (name, other) =>
      `performance_schema.setup_actors names ${name} and not ${other}: insert a row for both`,
  },
];

/** A warning for each place that names a user of the pair, unless it names both alike. */
export async function namedInTables(
  session: Session,
  product: Server['product'],
  { current, standby }: PairNames,
): Promise<string[]> {
  const warnings: string[] = [];
  for (const place of PLACES.filter(({ on = product }) => on === product)) {
    const query = `${place.query} LIMIT ${MOST_ROWS}`;
    const rows = await readIfAllowed<{ name: string; what: string }>(session, place.label, query, [
      current,
      standby,
    ]);
    const whatOf = (user: string) => rows.filter(({ name }) => name === user).map(({ what }) => what);
    for (const [name, other] of [
      [current, standby],
      [standby, current],
    ] as const) {
      const also = place.isFineForBoth ? whatOf(other) : [];
      const what = whatOf(name).filter((one) => !also.includes(one));
      if (what.length > 0) warnings.push(place.sentence(name, other, what));
    }
  }
  return warnings;
}

/** MariaDB keeps its channels in files; their status is for whoever has REPLICA MONITOR. */
export async function namedInChannels(session: Session, { current, standby }: PairNames): Promise<string[]> {
  const rows = await readIfAllowed<{ Connection_name: string; Master_User: string }>(
    session,
    'looking for replication channels',
    'SHOW ALL SLAVES STATUS',
  );
  return rows
    .filter(({ Master_User: user }) => user === current || user === standby)
    .map(
      ({ Connection_name: channel, Master_User: user }) =>
        `the replication channel "${channel}" logs in as ${user} with a password of its own, which rotations do not change`,
    );
}
