import fc from 'fast-check';
import { reconcileStatements } from '../../../lib/databases/mysql/reconcile-statements';
import {
  difference,
  initialRights,
  rightsFrom,
  type Right,
  type Rights,
} from '../../../lib/databases/mysql/rights';

const ACCOUNT = '`standby`@`%`';
const DYNAMIC = ['CONNECTION_ADMIN', 'BACKUP_ADMIN', 'XA_RECOVER_ADMIN'];
const STATIC = ['SELECT', 'INSERT', 'CREATE', 'GRANT OPTION'];
const NAMES = ['shop', 'my_shop', String.raw`my\_shop`, '%', 'we`ird', 'a ON b', 'x TO `y`', "it's"];

const right = (fields: Partial<Right>): Right => ({
  level: 'global',
  database: '',
  table: '',
  privilege: 'SELECT',
  grantable: false,
  ...fields,
});

const dynamicRights = fc
  .dictionary(fc.constantFrom(...DYNAMIC), fc.boolean())
  .map((flags) =>
    Object.entries(flags).map(([privilege, grantable]) => right({ level: 'dynamic', privilege, grantable })),
  );

const objectRights = fc.array(
  fc
    .record({
      level: fc.constantFrom('global', 'database', 'table' as const),
      database: fc.constantFrom(...NAMES),
      table: fc.constantFrom(...NAMES),
      privilege: fc.constantFrom(...STATIC),
    })
    .map(({ level, database, table, privilege }) =>
      right({
        level,
        privilege,
        database: level === 'global' ? '' : database,
        table: level === 'table' ? table : '',
      }),
    ),
);

const anyRights = fc.tuple(dynamicRights, objectRights).map((rights): Rights => rightsFrom(rights.flat()));

const NAME = '`(?:[^`]|``)+`';
const STATEMENT = new RegExp(
  String.raw`^(GRANT|REVOKE) ([A-Z_, ]+) ON (\*\.\*|${NAME}\.(?:\*|${NAME})) (?:TO|FROM) (\S+?)( WITH GRANT OPTION)?$`,
);

/** A server as small as can be: what each object's privileges are, and each dynamic one's grant option. */
function applied(actual: Rights, statements: readonly string[]): string[] {
  const held = new Map<string, boolean>();
  const key = (privilege: string, object: string) => `${privilege} ON ${object}`;
  const objectOf = ({ level, database, table }: Right) => {
    const names = [database, table].map((name) => `\`${name.replaceAll('`', '``')}\``);
    if (level === 'table') return names.join('.');
    return level === 'database' ? `${names[0] ?? ''}.*` : '*.*';
  };
  for (const one of actual.values()) held.set(key(one.privilege, objectOf(one)), one.grantable);
  for (const statement of statements) {
    const [, verb, privileges = '', object = '', account, option] = STATEMENT.exec(statement) ?? [];
    expect([statement, account]).toEqual([statement, ACCOUNT]);
    for (const privilege of privileges.split(', ')) {
      if (verb === 'REVOKE') held.delete(key(privilege, object));
      else if (privilege !== 'USAGE') {
        const isGrantable = DYNAMIC.includes(privilege) && option !== undefined;
        held.set(key(privilege, object), (held.get(key(privilege, object)) ?? false) || isGrantable);
      }
    }
    const isStatic = !privileges.split(', ').some((privilege) => DYNAMIC.includes(privilege));
    if (verb === 'GRANT' && option !== undefined && isStatic) held.set(key('GRANT OPTION', object), false);
  }
  return [...held].map(([name, grantable]) => `${name}${grantable ? '!' : ''}`).sort();
}

function sqlFor(wanted: Rights, actual: Rights): string[] {
  const { revokes, grants } = reconcileStatements(difference(wanted, actual), ACCOUNT);
  return [...revokes, ...grants].map(({ sql }) => sql);
}

describe('the statements of a reconciliation', () => {
  it('make any rights equal to any others', () => {
    fc.assert(
      fc.property(anyRights, anyRights, (wanted, actual) => {
        expect(applied(actual, sqlFor(wanted, actual))).toEqual(applied(wanted, []));
      }),
    );
  });

  it('are none between equal rights', () => {
    fc.assert(
      fc.property(anyRights, (rights) => {
        expect(sqlFor(rights, rightsFrom([...rights.values()].reverse()))).toEqual([]);
      }),
    );
  });

  it('name what belongs together at once', () => {
    const wanted = rightsFrom([
      right({ level: 'database', database: 'shop', privilege: 'SELECT' }),
      right({ level: 'database', database: 'shop', privilege: 'GRANT OPTION' }),
      right({ level: 'database', database: 'shop', privilege: 'INSERT' }),
    ]);
    expect(sqlFor(wanted, rightsFrom([]))).toEqual([
      'GRANT SELECT, INSERT ON `shop`.* TO `standby`@`%` WITH GRANT OPTION',
    ]);
    expect(sqlFor(rightsFrom([]), wanted)).toEqual([
      'REVOKE SELECT, GRANT OPTION, INSERT ON `shop`.* FROM `standby`@`%`',
    ]);
  });

  it('give a right on a table that is gone by way of CREATE, which the server does not look for', () => {
    const statements = (privilege: string) =>
      reconcileStatements(
        { missing: [right({ level: 'table', database: 'shop', table: 'gone', privilege })], extra: [] },
        ACCOUNT,
      ).grants.flatMap(({ withoutTable }) => withoutTable.map(({ sql }) => sql));

    expect(statements('SELECT')).toEqual([
      'GRANT CREATE, SELECT ON `shop`.`gone` TO `standby`@`%`',
      'REVOKE CREATE ON `shop`.`gone` FROM `standby`@`%`',
    ]);
    expect(statements('CREATE')).toEqual(['GRANT CREATE ON `shop`.`gone` TO `standby`@`%`']);
  });

  it('of an initial setup give six rights on one database', () => {
    expect(sqlFor(initialRights(String.raw`my\_shop`), rightsFrom([]))).toEqual([
      String.raw`GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON ${'`my\\_shop`'}.* TO ${ACCOUNT}`,
    ]);
  });
});
