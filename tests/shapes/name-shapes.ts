import type { Shape } from './shape';

/** One user name each; the standby's is made of the same characters. */
const usernames: readonly (readonly [name: string, (prefix: string) => string])[] = [
  ['a quote', (prefix) => `${prefix}it's`],
  ['double quotes and a backtick', (prefix) => `${prefix}"a\`b"`],
  ['blanks', (prefix) => `${prefix} a b`],
  ['an @', (prefix) => `${prefix}a@b.c`],
  ['question marks', (prefix) => `${prefix}a?b??`],
  ['the word TO', (prefix) => `${prefix} TO 'x'`],
  ['a backslash and wildcards', (prefix) => `${prefix}a\\b%_`],
  ['letters in both cases', (prefix) => `${prefix}AbC`],
  ['32 characters', (prefix) => prefix.padEnd(32, 'x')],
];

export const nameShapes: readonly Shape[] = [
  ...usernames.map(([name, username]): Shape => ({
    name: `a user name with ${name}`,
    username,
    rights: ({ user, db, roles: [one] }) => [
      `GRANT PROCESS ON *.* TO ${user} WITH GRANT OPTION`,
      `GRANT SELECT ON ${db}.* TO ${user}`,
      `GRANT UPDATE (a) ON ${db}.t TO ${user}`,
      `GRANT EXECUTE ON FUNCTION ${db}.f TO ${user}`,
      `GRANT ${one} TO ${user}`,
    ],
  })),
  {
    name: 'a user name with 128 characters',
    on: 'MariaDB',
    since: [10, 6],
    username: (prefix) => prefix.padEnd(128, 'x'),
    rights: ({ user, db, roles: [one] }) => [
      `GRANT PROCESS ON *.* TO ${user} WITH GRANT OPTION`,
      `GRANT UPDATE (a) ON ${db}.t TO ${user}`,
      `GRANT ${one} TO ${user}`,
    ],
  },
  {
    name: 'a user name with letters beyond ASCII',
    username: (prefix) => `${prefix}äéßñ 北`,
    rights: ({ user, db, odd, roles: [one] }) => [
      `GRANT PROCESS ON *.* TO ${user} WITH GRANT OPTION`,
      `GRANT SELECT ON ${odd}.* TO ${user}`,
      `GRANT UPDATE (a) ON ${db}.t TO ${user}`,
      `GRANT ${one} TO ${user}`,
    ],
  },
  {
    // Servers read the name as latin1 when they write mysql.procs_priv: the right is in memory, and gone after a restart.
    name: 'a user name with letters beyond ASCII, and a right on a routine',
    username: (prefix) => `${prefix}äéßñ`,
    rights: ({ user, db }) => [`GRANT EXECUTE ON FUNCTION ${db}.f TO ${user}`],
    refused: /PrivilegeParityError/,
  },
  {
    name: 'a user name that differs from another in case only',
    username: (prefix) => `${prefix}Case`,
    rights: ({ prefix, user }) => [
      `CREATE USER \`${prefix}acase\`@\`%\` IDENTIFIED BY 'Other-0123456789'`,
      `GRANT SELECT, PROCESS ON *.* TO \`${prefix}acase\`@\`%\` WITH GRANT OPTION`,
      `GRANT RELOAD ON *.* TO ${user}`,
    ],
    remove: ({ prefix }) => [`DROP USER \`${prefix}acase\``],
  },
  {
    name: 'several hosts with rights and options of their own',
    options: 'WITH MAX_USER_CONNECTIONS 20',
    rights: ({ user, at, db, password, roles: [one] }) => [
      `CREATE USER ${at('10.%')} IDENTIFIED BY ${password} REQUIRE SSL`,
      `CREATE USER ${at('192.168.1.0/255.255.255.0')} IDENTIFIED BY ${password} PASSWORD EXPIRE NEVER`,
      `CREATE USER ${at('10.1.2.3')} IDENTIFIED BY ${password}`,
      `GRANT SELECT ON ${db}.* TO ${user}`,
      `GRANT INSERT, UPDATE (a) ON ${db}.t TO ${at('10.%')}`,
      `GRANT ${one} TO ${at('10.%')}`,
      `GRANT PROCESS ON *.* TO ${at('10.1.2.3')} WITH GRANT OPTION`,
    ],
  },
  {
    name: 'a host that was written with capitals',
    rights: ({ at, db, password, roles: [one] }) => [
      `CREATE USER ${at('%.Example.COM')} IDENTIFIED BY ${password}`,
      `GRANT SELECT ON ${db}.* TO ${at('%.EXAMPLE.com')}`,
      `GRANT UPDATE (a) ON ${db}.t TO ${at('%.example.com')}`,
      `GRANT ${one} TO ${at('%.Example.com')}`,
    ],
  },
  {
    name: 'a host that is an address, beside any host',
    rights: ({ user, at, db, password }) => [
      `CREATE USER ${at('127.0.0.1')} IDENTIFIED BY ${password}`,
      `GRANT SELECT ON ${db}.* TO ${user}`,
      `GRANT SELECT, DELETE ON ${db}.* TO ${at('127.0.0.1')}`,
    ],
  },
];
