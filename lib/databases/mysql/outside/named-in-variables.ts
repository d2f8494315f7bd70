import type { PairNames } from '../../engine';
import type { Session } from '../connection/session';

/** Variables that hold a list of users: MariaDB's audit plugin, RDS's and Aurora's too, and Percona's. */
const LISTS = [
  'server_audit_incl_users',
  'server_audit_excl_users',
  'audit_log_include_accounts',
  'audit_log_exclude_accounts',
];

/** Variables that hold statements, or name a file of them. */
const STATEMENTS = ['init_connect', 'init_slave', 'init_replica'];

/** `'user'@'host'`, `user@host` or `user`, separated by commas. */
const usersOf = (list: string): string[] =>
  list.split(',').map((item) =>
    item
      .trim()
      .replace(/@[^@]*$/, '')
      .replaceAll(/^['"`]|['"`]$/g, ''),
  );

const inWords = (text: string, name: string): boolean => text.split(/[^\p{L}\p{N}_$.-]+/u).includes(name);

/** Warnings about the server's settings that name one of the pair, or may. The texts themselves are not shown. */
export async function namedInVariables(session: Session, { current, standby }: PairNames): Promise<string[]> {
  const names = [...LISTS, ...STATEMENTS, 'init_file', 'mandatory_roles'];
  const rows = await session.rows<{ Variable_name: string; Value: string | null }>(
    'looking for settings that name users',
    `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${names.map((name) => `'${name}'`).join(', ')})`,
  );
  const values = new Map(rows.map(({ Variable_name: name, Value: value }) => [name, value ?? '']));
  const valueOf = (name: string) => values.get(name) ?? '';
  const oneOf = (isNamed: (name: string) => boolean): [named: string, missing: string] | undefined => {
    if (isNamed(current) === isNamed(standby)) return undefined;
    return isNamed(current) ? [current, standby] : [standby, current];
  };

  const lists = LISTS.flatMap((variable) => {
    const users = usersOf(valueOf(variable));
    const found = oneOf((name) => users.includes(name));
    return found === undefined ? [] : [`${variable} lists ${found[0]} and not ${found[1]}: list both`];
  });
  const statements = STATEMENTS.flatMap((variable) => {
    const found = oneOf((name) => inWords(valueOf(variable), name));
    return found === undefined ? [] : [`${variable} names ${found[0]} and not ${found[1]}: name both`];
  });
  const roles = usersOf(valueOf('mandatory_roles'));
  const role = oneOf((name) => roles.includes(name));
  return [
    ...lists,
    ...statements,
    ...(role === undefined
      ? []
      : [
          `mandatory_roles makes ${role[0]} a role of every user, and not ${role[1]}: use a role that is no user`,
        ]),
    ...(valueOf('init_file') === ''
      ? []
      : [
          `init_file is set, and its statements, which run at each start of the server, cannot be read from here: if they name ${current} or ${standby}, name both`,
        ]),
  ];
}
