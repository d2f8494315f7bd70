import { NoDatabaseServerError } from '../../../local/database/no-database-server-error';

it('names every way to give a server, and why each attempt failed', () => {
  const error = new NoDatabaseServerError([
    { way: 'a mysqld on the PATH', reason: 'there is none' },
    { way: "MySQL from Debian's packages", reason: 'apt-get ended with 100\nE: no such host\n' },
  ]);
  expect(error.name).toBe('NoDatabaseServerError');
  expect(error.message).toContain('ROTATION_MYSQL_URL=mysql://user:password@host:port');
  expect(error.message).toContain('`mysqld`');
  expect(error.message).toContain('network access');
  expect(error.message).toContain('a mysqld on the PATH: there is none');
  expect(error.message).toMatch(/apt-get ended with 100\n {6}E: no such host$/);
});
