import { quote, quoteAt, type Shape } from './shape';

/** Roles and acting for another user. */
export const roleShapes: readonly Shape[] = [
  {
    name: 'several roles, one with the admin option',
    rights: ({ user, roles: [one, two, three] }) => [
      `GRANT ${one} TO ${user}`,
      `GRANT ${two} TO ${user} WITH ADMIN OPTION`,
      `GRANT ${three} TO ${user}`,
    ],
  },
  {
    name: 'one default role',
    on: 'MySQL',
    rights: ({ user, roles: [one, two] }) => [
      `GRANT ${one}, ${two} TO ${user}`,
      `SET DEFAULT ROLE ${two} TO ${user}`,
    ],
  },
  {
    name: 'all roles by default, one with the admin option',
    on: 'MySQL',
    rights: ({ user, roles: [one, two, three] }) => [
      `GRANT ${one}, ${two} TO ${user}`,
      `GRANT ${three} TO ${user} WITH ADMIN OPTION`,
      `SET DEFAULT ROLE ALL TO ${user}`,
    ],
  },
  {
    name: 'a default role with the admin option, beside another role',
    on: 'MariaDB',
    rights: ({ user, roles: [one, two] }) => [
      `GRANT ${one} TO ${user} WITH ADMIN OPTION`,
      `GRANT ${two} TO ${user}`,
      `SET DEFAULT ROLE ${one} FOR ${user}`,
    ],
  },
  {
    name: 'a role of an odd name',
    on: 'MySQL',
    rights: ({ user, oddRole }) => [
      `GRANT ${oddRole} TO ${user} WITH ADMIN OPTION`,
      `SET DEFAULT ROLE ${oddRole} TO ${user}`,
    ],
  },
  {
    name: 'a role of an odd name',
    on: 'MariaDB',
    rights: ({ user, oddRole }) => [`GRANT ${oddRole} TO ${user}`, `SET DEFAULT ROLE ${oddRole} FOR ${user}`],
  },
  {
    name: 'a role that is a user',
    on: 'MySQL',
    rights: ({ user, proxied }) => [
      `GRANT ${quoteAt(proxied, '%')} TO ${user}`,
      `SET DEFAULT ROLE ${quoteAt(proxied, '%')} TO ${user}`,
    ],
  },
  {
    name: 'a default role that has gone',
    on: 'MariaDB',
    rights: ({ user, prefix }) => [
      `CREATE ROLE ${prefix}gone`,
      `GRANT ${prefix}gone TO ${user}`,
      `SET DEFAULT ROLE ${prefix}gone FOR ${user}`,
      `DROP ROLE ${prefix}gone`,
    ],
    // A default role is part of the row, which is compared as a whole.
    lost: /default_role|SET DEFAULT ROLE|global_priv: Host=% Priv=/,
    skipped: ({ prefix }) => [`DEFAULT ROLE ${quote(`${prefix}gone`)}`],
  },
  {
    name: 'rights beside roles',
    rights: ({ user, roles: [one], dbOnly }) => [
      `GRANT SELECT ON ${dbOnly}.* TO ${user} WITH GRANT OPTION`,
      `GRANT ${one} TO ${user}`,
    ],
  },
  {
    name: 'acting for another user',
    rights: ({ user, proxied }) => [`GRANT PROXY ON ${quoteAt(proxied, '%')} TO ${user}`],
  },
  {
    name: 'acting for another user, and letting others do so',
    rights: ({ user, proxied }) => [
      `GRANT PROXY ON ${quoteAt(proxied, '%')} TO ${user} WITH GRANT OPTION`,
      `GRANT PROXY ON ''@'' TO ${user}`,
      `REVOKE GRANT OPTION ON *.* FROM ${user}`,
    ],
  },
  {
    name: 'letting others act for another user, with the grant option that it brings',
    rights: ({ user, proxied, dbOnly }) => [
      `GRANT PROXY ON ${quoteAt(proxied, '%')} TO ${user} WITH GRANT OPTION`,
      `GRANT SELECT ON ${dbOnly}.* TO ${user}`,
    ],
  },
];
