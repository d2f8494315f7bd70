import { quoteAt, type Names } from './shape';

/** Rights of every kind that no shape has all of. */
const RIGHTS = ({ user, db, roles: [, , three], otherProxied }: Names): string[] => [
  `GRANT CREATE VIEW, TRIGGER ON ${db}.* TO ${user}`,
  `GRANT REFERENCES (a, c), INSERT ON ${db}.weird TO ${user}`,
  `GRANT ALTER ROUTINE ON PROCEDURE ${db}.p TO ${user} WITH GRANT OPTION`,
  `GRANT LOCK TABLES ON *.* TO ${user} WITH GRANT OPTION`,
  `GRANT ${three} TO ${user} WITH ADMIN OPTION`,
  // In place of the right without the option: MariaDB would add the option in memory only.
  `GRANT PROXY ON ${quoteAt(otherProxied, '10.%')} TO ${user} WITH GRANT OPTION`,
  `ALTER USER ${user} WITH MAX_USER_CONNECTIONS 77 PASSWORD EXPIRE NEVER`,
];

/** And the contrary. */
export const nothingLeft = ({ user }: Names): string[] => [
  `REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${user}`,
  `ALTER USER ${user} REQUIRE NONE WITH MAX_USER_CONNECTIONS 0 MAX_QUERIES_PER_HOUR 0`,
];

/** No routine for a name beyond ASCII: servers lose such a right, see the shape about that. */
export function tooMuch(names: Names): string[] {
  const isPlain = /^[ -~]*$/.test(names.user);
  return RIGHTS(names).filter((sql) => isPlain || !sql.includes(' PROCEDURE '));
}
