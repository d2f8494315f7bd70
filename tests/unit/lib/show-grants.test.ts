import { describeRight } from '../../../lib/databases/mysql/rights/rights';
import { parseGrant, parseGrants } from '../../../lib/databases/mysql/rights/show-grants';

const describeRow = (row: string): string[] => parseGrant(row).map(describeRight);

describe('a row of SHOW GRANTS', () => {
  it.each([
    ['GRANT USAGE ON *.* TO `u`@`%`', []],
    ['GRANT SELECT, SHOW DATABASES ON *.* TO `u`@`%`', ['SELECT ON *.*', 'SHOW DATABASES ON *.*']],
    ['GRANT PROCESS ON *.* TO `u`@`%` WITH GRANT OPTION', ['PROCESS ON *.*', 'GRANT OPTION ON *.*']],
    ['GRANT USAGE ON *.* TO `u`@`%` WITH GRANT OPTION', ['GRANT OPTION ON *.*']],
    [
      'GRANT XA_RECOVER_ADMIN,SHOW_ROUTINE ON *.* TO `u`@`%`',
      ['XA_RECOVER_ADMIN ON *.*', 'SHOW_ROUTINE ON *.*'],
    ],
    ['GRANT BACKUP_ADMIN ON *.* TO `u`@`%` WITH GRANT OPTION', ['BACKUP_ADMIN ON *.* WITH GRANT OPTION']],
    // MariaDB's word with an underscore is no dynamic privilege: it has a blank too.
    [
      'GRANT READ_ONLY ADMIN, BINLOG ADMIN ON *.* TO `u`@`%`',
      ['READ_ONLY ADMIN ON *.*', 'BINLOG ADMIN ON *.*'],
    ],
    ['GRANT ALL PRIVILEGES ON `a\\_b%`.* TO `u`@`%`', ['ALL PRIVILEGES ON `a\\_b%`.*']],
    ['GRANT SELECT ON ` TO ``x```.* TO `u`@`%`', ['SELECT ON ` TO ``x```.*']],
    [
      'GRANT SELECT (`a`, `c``o,l) ON x`), INSERT ON `d`.`t` TO `u`@`%`',
      ['SELECT (`a`) ON `d`.`t`', 'SELECT (`c``o,l) ON x`) ON `d`.`t`', 'INSERT ON `d`.`t`'],
    ],
    ['GRANT USAGE ON `d`.`t` TO `u`@`%` WITH GRANT OPTION', ['GRANT OPTION ON `d`.`t`']],
    ['GRANT EXECUTE ON PROCEDURE `d`.`p` TO `u`@`%`', ['EXECUTE ON PROCEDURE `d`.`p`']],
    ['GRANT EXECUTE ON PACKAGE BODY `d`.`p` TO `u`@`%`', ['EXECUTE ON PACKAGE BODY `d`.`p`']],
    ['GRANT EXECUTE ON LIBRARY `d`.`l` TO `u`@`%`', ['EXECUTE ON LIBRARY `d`.`l`']],
    ['REVOKE SELECT, INSERT ON `d`.* FROM `u`@`%`', ['no SELECT ON `d`.*', 'no INSERT ON `d`.*']],
    ['GRANT `r`@`%`,`s`@`10.%` TO `u`@`%`', ['ROLE `r`@`%`', 'ROLE `s`@`10.%`']],
    ['GRANT `r TO s` TO `u`@`%` WITH ADMIN OPTION', ['ROLE `r TO s` WITH ADMIN OPTION']],
    ['SET DEFAULT ROLE `r` FOR `u`@`%`', ['DEFAULT ROLE `r`']],
    // A privilege that this release does not know is still a privilege.
    ['GRANT INVOKE LAMBDA, LOAD FROM S3 ON *.* TO `u`@`%`', ['INVOKE LAMBDA ON *.*', 'LOAD FROM S3 ON *.*']],
  ])('is read: %s', (row, rights) => {
    expect(describeRow(row)).toEqual(rights);
  });

  it('ends at the grantee: what MariaDB prints behind it is not escaped', () => {
    const row =
      "GRANT USAGE ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD '*AB' REQUIRE ISSUER 'x', SUPER ON *.* TO 'y'";

    expect(describeRow(row)).toEqual([]);
  });

  it.each([
    '',
    'GRANT',
    'GRANT SELECT',
    "GRANT SELECT ON 'd'.* TO 'u'@'%'",
    'GRANT SELECT ON "d".* TO "u"',
    'DENY SELECT',
  ])('of another grammar is refused: %j', (row) => {
    expect(() => parseGrant(row)).toThrow(
      expect.objectContaining({ name: 'UnsupportedAccountError' }) as Error,
    );
  });

  it('does not get into the message when it cannot be read', () => {
    expect(() => parseGrant("GRANT USAGE ON *.* TO 'u' IDENTIFIED BY PASSWORD '*SECRET'")).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('SECRET') as string }) as Error,
    );
  });
});

it('all rows together are a set', () => {
  const rows = [
    'GRANT SELECT ON `d`.* TO `u`@`%`',
    'GRANT `r`@`%` TO `u`@`%`',
    'GRANT SELECT ON `d`.* TO `u`@`%`',
  ];

  expect([...parseGrants(rows).keys()]).toEqual(['SELECT ON `d`.*', 'ROLE `r`@`%`']);
});
