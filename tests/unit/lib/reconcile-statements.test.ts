import { reconcileStages } from '../../../lib/databases/mysql/rights/reconcile-statements';
import type { DefaultRole, Difference, Right, Scope } from '../../../lib/databases/mysql/rights/rights';

const ACCOUNT = '`u`@`%`';
const TABLE: Scope = { level: 'table', database: 'd', table: 't' };

const right = (privilege: string, scope: Scope): Right => ({ kind: 'static', privilege, scope });
const column = (privilege: string, name: string): Right =>
  right(privilege, { level: 'column', database: 'd', table: 't', column: name });
const dynamic = (privilege: string, grantable: boolean): Right => ({ kind: 'dynamic', privilege, grantable });
const role = (username: string, admin: boolean): Right => ({
  kind: 'role',
  role: { username, host: '%' },
  admin,
});

function stages(
  todo: Partial<Difference>,
  product: 'MySQL' | 'MariaDB' = 'MySQL',
  defaults: readonly DefaultRole[] = [],
): string[][] {
  return reconcileStages({ missing: [], extra: [], ...todo }, defaults, ACCOUNT, product).map((stage) =>
    stage.map(({ statement }) => statement.sql),
  );
}

describe('the statements that make rights equal', () => {
  it('are none when nothing differs', () => {
    expect(stages({})).toEqual([]);
  });

  it('give what belongs to one object together, its grant option too', () => {
    const missing = [right('SELECT', TABLE), right('INSERT', TABLE), right('GRANT OPTION', TABLE)];

    expect(stages({ missing })).toEqual([
      [`GRANT SELECT, INSERT ON \`d\`.\`t\` TO ${ACCOUNT} WITH GRANT OPTION`],
    ]);
  });

  it('give a grant option alone', () => {
    expect(stages({ missing: [right('GRANT OPTION', TABLE)] })).toEqual([
      [`GRANT USAGE ON \`d\`.\`t\` TO ${ACCOUNT} WITH GRANT OPTION`],
    ]);
  });

  it('keep the columns apart from their table', () => {
    const missing = [
      column('SELECT', 'a'),
      right('SELECT', TABLE),
      column('SELECT', 'b`'),
      column('UPDATE', 'a'),
    ];

    expect(stages({ missing }).flat()).toEqual(
      expect.arrayContaining([
        `GRANT SELECT ON \`d\`.\`t\` TO ${ACCOUNT}`,
        `GRANT SELECT (\`a\`, \`b\`\`\`) ON \`d\`.\`t\` TO ${ACCOUNT}`,
        `GRANT UPDATE (\`a\`) ON \`d\`.\`t\` TO ${ACCOUNT}`,
      ]),
    );
  });

  it('revoke columns before their table, which would take them along', () => {
    const extra = [right('SELECT', TABLE), column('SELECT', 'a')];

    expect(stages({ extra })).toEqual([
      [
        `REVOKE SELECT (\`a\`) ON \`d\`.\`t\` FROM ${ACCOUNT}`,
        `REVOKE SELECT ON \`d\`.\`t\` FROM ${ACCOUNT}`,
      ],
    ]);
  });

  it('give before they take away', () => {
    const [stage = []] = stages({
      missing: [right('INSERT', TABLE)],
      extra: [right('SELECT', { level: 'global' })],
    });

    expect(stage).toEqual([
      `GRANT INSERT ON \`d\`.\`t\` TO ${ACCOUNT}`,
      `REVOKE SELECT ON *.* FROM ${ACCOUNT}`,
    ]);
  });

  it('take the grant option of a dynamic privilege by a REVOKE, give the privilege back at once, and only then take the static one', () => {
    // MySQL 9.7.4 keeps it in memory when the static grant option was revoked first.
    const [stage = []] = stages({
      missing: [dynamic('BACKUP_ADMIN', false)],
      extra: [dynamic('BACKUP_ADMIN', true), right('GRANT OPTION', { level: 'global' })],
    });

    expect(stage).toEqual([
      `REVOKE BACKUP_ADMIN ON *.* FROM ${ACCOUNT}`,
      `GRANT BACKUP_ADMIN ON *.* TO ${ACCOUNT}`,
      `REVOKE GRANT OPTION ON *.* FROM ${ACCOUNT}`,
    ]);
  });

  it('add the grant option to a dynamic privilege without taking it away', () => {
    expect(
      stages({ missing: [dynamic('BACKUP_ADMIN', true)], extra: [dynamic('BACKUP_ADMIN', false)] }),
    ).toEqual([[`GRANT BACKUP_ADMIN ON *.* TO ${ACCOUNT} WITH GRANT OPTION`]]);
  });

  it('lift and set restrictions after the privileges they restrict', () => {
    const restriction = (database: string): Right => ({ kind: 'restriction', database, privilege: 'SELECT' });

    expect(
      stages({
        missing: [restriction('a'), right('SELECT', { level: 'global' })],
        extra: [restriction('b')],
      }),
    ).toEqual([
      [`GRANT SELECT ON *.* TO ${ACCOUNT}`],
      [`GRANT SELECT ON \`b\`.* TO ${ACCOUNT}`, `REVOKE SELECT ON \`a\`.* FROM ${ACCOUNT}`],
    ]);
  });

  it.each([
    ['MySQL', [`REVOKE \`r\`@\`%\` FROM ${ACCOUNT}`, `GRANT \`r\`@\`%\` TO ${ACCOUNT}`]],
    ['MariaDB', [`REVOKE ADMIN OPTION FOR \`r\`@\`%\` FROM ${ACCOUNT}`, `GRANT \`r\`@\`%\` TO ${ACCOUNT}`]],
  ] as const)('take the admin option away as %s wants it', (product, expected) => {
    expect(stages({ missing: [role('r', false)], extra: [role('r', true)] }, product)).toEqual([expected]);
  });

  it.each([
    ['MySQL', 'TO'],
    ['MariaDB', 'FOR'],
  ] as const)('set default roles as a whole and last on %s', (product, toward) => {
    const defaults: DefaultRole[] = ['r', 's'].map((username) => ({
      kind: 'default role',
      role: { username, host: '%' },
    }));
    const missing = [role('s', false), ...defaults.slice(1)];

    expect(stages({ missing }, product, defaults).at(-1)).toEqual([
      `SET DEFAULT ROLE \`r\`@\`%\`, \`s\`@\`%\` ${toward} ${ACCOUNT}`,
    ]);
    expect(stages({ extra: defaults }, product).at(-1)).toEqual([
      `SET DEFAULT ROLE NONE ${toward} ${ACCOUNT}`,
    ]);
  });

  it('know how to give a right on a table that is gone', () => {
    const [[change] = []] = reconcileStages(
      { missing: [right('SELECT', TABLE)], extra: [] },
      [],
      ACCOUNT,
      'MySQL',
    );

    expect(change?.withoutTable?.map(({ sql }) => sql)).toEqual([
      `GRANT CREATE, SELECT ON \`d\`.\`t\` TO ${ACCOUNT}`,
      `REVOKE CREATE ON \`d\`.\`t\` FROM ${ACCOUNT}`,
    ]);
  });
});
