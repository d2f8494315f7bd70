import type { Names, Product } from './shape';
import { quoteAt } from './shape';

/** An account that is an administrator's, or that looks like one and is none. */
export interface AdministratorCase {
  name: string;
  on?: Product;
  /** First version that knows it, `[major, minor]`. */
  since?: readonly [number, number];
  /** Statements after CREATE USER. `role(n)` is a role that exists and holds nothing. */
  rights: (names: Names, role: (number: 1 | 2 | 3) => string) => string[];
  /** What changes a setting or a role that others meet too, taken back. */
  undo?: (names: Names, role: (number: 1 | 2 | 3) => string) => string[];
  /** What the judgement must say; `undefined`: that it is no administrator. */
  because: RegExp | undefined;
}

const toward = (product: Product): string => (product === 'MySQL' ? 'TO' : 'FOR');

export function administratorCases(product: Product): readonly AdministratorCase[] {
  return [
    {
      name: 'a default role with SUPER and CREATE USER',
      rights: ({ user }, role) => [
        `GRANT SUPER, CREATE USER ON *.* TO ${role(1)}`,
        `GRANT ${role(1)} TO ${user}`,
        `SET DEFAULT ROLE ${role(1)} ${toward(product)} ${user}`,
      ],
      because: /SUPER through the role `\w+1`.*CREATE USER through the role `\w+1`/,
    },
    {
      name: 'a role that only SET ROLE activates',
      rights: ({ user }, role) => [`GRANT SUPER ON *.* TO ${role(1)}`, `GRANT ${role(1)} TO ${user}`],
      because: /^SUPER through the role `\w+1`/,
    },
    {
      name: 'a role of a role of a role',
      rights: ({ user }, role) => [
        `GRANT CREATE USER ON *.* TO ${role(3)}`,
        `GRANT ${role(3)} TO ${role(2)}`,
        `GRANT ${role(2)} TO ${role(1)}`,
        `GRANT ${role(1)} TO ${user} WITH ADMIN OPTION`,
      ],
      because: /^CREATE USER through the role `\w+1`\S*, the role `\w+2`\S*, the role `\w+3`/,
    },
    {
      name: 'a role with the global grant option',
      on: 'MySQL',
      rights: ({ user }, role) => [
        `GRANT SELECT ON *.* TO ${role(1)} WITH GRANT OPTION`,
        `GRANT ${role(1)} TO ${user}`,
      ],
      because: /^GRANT OPTION through the role/,
    },
    {
      name: 'a mandatory role',
      on: 'MySQL',
      rights: (_names, role) => [
        `GRANT CREATE USER ON *.* TO ${role(2)}`,
        `GRANT ${role(2)} TO ${role(1)}`,
        `SET GLOBAL mandatory_roles = "absent@h, ${role(1).replaceAll('`', '')}@%"`,
      ],
      undo: () => ["SET GLOBAL mandatory_roles = ''"],
      because: /^CREATE USER through the role `\w+1`@`%`, the role `\w+2`@`%`$/,
    },
    {
      name: 'a role that is an account',
      on: 'MySQL',
      rights: ({ user, proxied }) => [
        `GRANT ROLE_ADMIN ON *.* TO ${quoteAt(proxied, '%')}`,
        `GRANT ${quoteAt(proxied, '%')} TO ${user}`,
      ],
      undo: ({ proxied }) => [`REVOKE ROLE_ADMIN ON *.* FROM ${quoteAt(proxied, '%')}`],
      because: /^ROLE_ADMIN through the role `\w+p`@`%`$/,
    },
    {
      name: 'a role of the same name as a user without rights',
      on: 'MariaDB',
      rights: ({ user }, role) => [
        `CREATE USER ${role(1)}@'%'`,
        `GRANT SUPER ON *.* TO ${role(1)}`,
        `GRANT ${role(1)} TO ${user}`,
      ],
      undo: (_names, role) => [`DROP USER ${role(1)}@'%'`],
      because: /^SUPER through the role/,
    },
    {
      name: 'the role that every user has',
      on: 'MariaDB',
      since: [10, 11],
      rights: () => ['GRANT CREATE USER ON *.* TO PUBLIC'],
      undo: () => ['REVOKE CREATE USER ON *.* FROM PUBLIC'],
      because: /^CREATE USER through the role `PUBLIC`$/,
    },
    {
      name: 'a role of the role that every user has',
      on: 'MariaDB',
      since: [10, 11],
      rights: (_names, role) => [`GRANT SUPER ON *.* TO ${role(2)}`, `GRANT ${role(2)} TO PUBLIC`],
      undo: (_names, role) => [`REVOKE ${role(2)} FROM PUBLIC`],
      because: /^SUPER through the role `PUBLIC`, the role `\w+2`$/,
    },
    {
      name: 'PROXY on an administrator',
      rights: ({ user, otherProxied }, role) => [
        `GRANT SUPER ON *.* TO ${role(1)}`,
        `GRANT ${role(1)} TO ${quoteAt(otherProxied, '10.%')}`,
        `GRANT PROXY ON ${quoteAt(otherProxied, '10.%')} TO ${user}`,
      ],
      undo: ({ otherProxied }, role) => [`REVOKE ${role(1)} FROM ${quoteAt(otherProxied, '10.%')}`],
      because: /^SUPER through PROXY ON `\w+q`@`10\.%`, the role `\w+1`/,
    },
    {
      name: 'PROXY on everybody',
      rights: ({ user }) => [`GRANT PROXY ON ''@'' TO ${user}`],
      because: /^PROXY ON ``@`%?`$/,
    },
    {
      name: 'definers of choice through a role',
      rights: ({ user }, role) => [
        `GRANT ${product === 'MySQL' ? 'SET_ANY_DEFINER' : 'SET USER'} ON *.* TO ${role(1)}`,
        `GRANT ${role(1)} TO ${user}`,
      ],
      because: /^SET(_ANY_DEFINER| USER) through the role/,
    },
    {
      name: 'the right to replay what a binary log holds',
      rights: ({ user }) => [
        `GRANT ${product === 'MySQL' ? 'BINLOG_ADMIN' : 'BINLOG REPLAY'} ON *.* TO ${user}`,
      ],
      because: /^BINLOG(_ADMIN| REPLAY)$/,
    },
    {
      name: 'INSERT on everything, which is on the grant tables too',
      rights: ({ user }) => [`GRANT SELECT, INSERT ON *.* TO ${user}`],
      because: /^INSERT ON \*\.\*$/,
    },
    {
      name: 'UPDATE on every database through a role',
      rights: ({ user }, role) => [
        `GRANT SELECT, UPDATE ON \`%\`.* TO ${role(1)}`,
        `GRANT ${role(1)} TO ${user}`,
      ],
      because: /^UPDATE ON `%`\.\* through the role/,
    },
    {
      name: 'a column of a grant table',
      rights: ({ user }) => [`GRANT UPDATE (Select_priv), SELECT ON mysql.db TO ${user}`],
      because: /^UPDATE \(`Select_priv`\) ON `mysql`\.`db`$/,
    },
    {
      name: 'reading everything, and writing its own database',
      rights: ({ user, dbOnly }, role) => [
        `GRANT SELECT, PROCESS, SHOW DATABASES ON *.* TO ${role(1)}`,
        `GRANT DELETE ON \`%\`.* TO ${role(1)}`,
        `GRANT SELECT ON mysql.* TO ${role(1)}`,
        `GRANT ALL PRIVILEGES ON ${dbOnly}.* TO ${role(1)} WITH GRANT OPTION`,
        `GRANT ${role(1)} TO ${user} WITH ADMIN OPTION`,
      ],
      because: undefined,
    },
    {
      name: 'roles that hold one another nowhere, of which one has gone',
      rights: ({ user, prefix }, role) => [
        `CREATE ROLE ${prefix}gone`,
        `GRANT SUPER ON *.* TO ${prefix}gone`,
        `GRANT ${prefix}gone TO ${user}`,
        `GRANT ${role(1)} TO ${user}`,
        `DROP ROLE ${prefix}gone`,
      ],
      because: undefined,
    },
  ];
}
