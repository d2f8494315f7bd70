import { quoteName } from './quote';
import type { Difference, Right } from './rights';

/** A statement with what its error may say of it. */
export interface LabelledStatement {
  label: string;
  sql: string;
}

/** A grant on a table that may be gone: MySQL keeps rights on dropped tables, but gives none anew. */
export interface GrantStatement extends LabelledStatement {
  /** How to give the same rights when the table does not exist: with CREATE the server does not look for it. */
  withoutTable: LabelledStatement[];
}

function objectOf({ level, database, table }: Right): string {
  if (level === 'table') return `${quoteName(database)}.${quoteName(table)}`;
  return level === 'database' ? `${quoteName(database)}.*` : '*.*';
}

/** Rights that one statement can name together: one object; and one flag for dynamic ones. */
function byStatement(rights: readonly Right[]): Right[][] {
  const groups = Map.groupBy(rights, (right) =>
    JSON.stringify([right.level === 'dynamic', right.grantable, objectOf(right)]),
  );
  return [...groups.values()];
}

function grant(rights: readonly Right[], first: Right, account: string): GrantStatement {
  const object = objectOf(first);
  const withOption = rights.some(({ privilege, grantable }) => grantable || privilege === 'GRANT OPTION');
  const privileges = rights.map(({ privilege }) => privilege).filter((name) => name !== 'GRANT OPTION');
  const write = (names: string[]) =>
    `GRANT ${names.join(', ') || 'USAGE'} ON ${object} TO ${account}${withOption ? ' WITH GRANT OPTION' : ''}`;
  const label = `granting on ${object}`;
  const hasCreate = privileges.includes('CREATE');
  return {
    label,
    sql: write(privileges),
    withoutTable: [
      { label, sql: write(hasCreate ? privileges : ['CREATE', ...privileges]) },
      ...(hasCreate ? [] : [{ label, sql: `REVOKE CREATE ON ${object} FROM ${account}` }]),
    ],
  };
}

function revoke(rights: readonly Right[], first: Right, account: string): LabelledStatement {
  const object = objectOf(first);
  return {
    label: `revoking on ${object}`,
    sql: `REVOKE ${rights.map(({ privilege }) => privilege).join(', ')} ON ${object} FROM ${account}`,
  };
}

/**
 * The statements that make an account's rights equal. A dynamic privilege that must lose its grant option is
 * revoked and granted again, which is the one way that works; one that must gain it is only granted.
 */
export function reconcileStatements(
  { missing, extra }: Difference,
  account: string,
): { revokes: LabelledStatement[]; grants: GrantStatement[] } {
  const gainsOption = new Set(
    missing
      .filter(({ level, grantable }) => level === 'dynamic' && grantable)
      .map(({ privilege }) => privilege),
  );
  const revoked = extra.filter(({ level, privilege }) => level !== 'dynamic' || !gainsOption.has(privilege));
  const write = <Statement>(
    rights: readonly Right[],
    statement: (group: readonly Right[], first: Right, account: string) => Statement,
  ): Statement[] =>
    byStatement(rights).flatMap((group) =>
      group[0] === undefined ? [] : [statement(group, group[0], account)],
    );
  return { revokes: write(revoked, revoke), grants: write(missing, grant) };
}
