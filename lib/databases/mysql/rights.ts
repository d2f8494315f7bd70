/**
 * Rights as data. A set of rights is a map from a key that is equal for equal rights; the grantee is not part
 * of a right, so that two users' sets compare.
 */
export interface Right {
  /** `dynamic` privileges are global too, but each has a grant option of its own. */
  level: 'global' | 'dynamic' | 'database' | 'table';
  /** A database name pattern, byte for byte; empty for global rights. */
  database: string;
  table: string;
  /** `GRANT OPTION` counts as a privilege of its level, except for dynamic ones. */
  privilege: string;
  /** Dynamic privileges only. */
  grantable: boolean;
}

export type Rights = ReadonlyMap<string, Right>;

export function rightsFrom(rights: Iterable<Right>): Rights {
  return new Map(
    Array.from(rights, (right) => [
      JSON.stringify([right.level, right.database, right.table, right.privilege, right.grantable]),
      right,
    ]),
  );
}

export interface Difference {
  missing: Right[];
  extra: Right[];
}

/** What must be granted and revoked to make `actual` equal to `wanted`. */
export function difference(wanted: Rights, actual: Rights): Difference {
  return {
    missing: [...wanted].filter(([key]) => !actual.has(key)).map(([, right]) => right),
    extra: [...actual].filter(([key]) => !wanted.has(key)).map(([, right]) => right),
  };
}

/** A right in words for a message. */
export function describeRight({ privilege, database, table, level, grantable }: Right): string {
  const object = level === 'table' ? `${database}.${table}` : level === 'database' ? `${database}.*` : '*.*';
  return `${privilege} ON ${object}${grantable ? ' WITH GRANT OPTION' : ''}`;
}

/** What AWS's own rotation template grants when neither user exists yet. */
const INITIAL_PRIVILEGES = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP'];

/** @param pattern the database's name, its wildcards escaped */
export function initialRights(pattern: string): Rights {
  return rightsFrom(
    INITIAL_PRIVILEGES.map((privilege) => ({
      level: 'database',
      database: pattern,
      table: '',
      privilege,
      grantable: false,
    })),
  );
}
