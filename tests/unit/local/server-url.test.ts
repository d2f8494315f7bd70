import { startDatabaseServer } from '../../../local/database/database-server';
import { parseServerUrl } from '../../../local/database/server-url';

describe('ROTATION_MYSQL_URL', () => {
  it('is read with the usual port when nothing else is said', () => {
    expect(parseServerUrl('mysql://root:secret@db.example')).toEqual({
      host: 'db.example',
      port: 3306,
      username: 'root',
      password: 'secret',
      caBundlePath: undefined,
      ssl: undefined,
    });
  });

  it('may name a port, an authority, an IPv6 address and an escaped password', () => {
    expect(parseServerUrl('mysql://root:p%40%2Fs@[::1]:33306?ca=/etc/ca.pem')).toEqual({
      host: '::1',
      port: 33306,
      username: 'root',
      password: 'p@/s',
      caBundlePath: '/etc/ca.pem',
      ssl: undefined,
    });
  });

  it('may turn TLS off', () => {
    expect(parseServerUrl('mysql://root:secret@db.example?ssl=false').ssl).toBe(false);
  });

  it.each([
    ['no URL', 'sesame'],
    ['another scheme', 'postgres://root:sesame@db.example'],
    ['no host', 'mysql://'],
    ['no user', 'mysql://:sesame@db.example'],
    ['a slash in the password', 'mysql://root:ses/ame@db.example:3306'],
    ['a question mark in the password', 'mysql://root:12?sesame@db.example:3306'],
    ['a number sign in the password', 'mysql://root:12#sesame@db.example:3306'],
    ['a percent sign in the password', 'mysql://root:%sesame@db.example:3306'],
    ['an unknown option', 'mysql://root:sesame@db.example?tls=sesame'],
    ['an unknown value', 'mysql://root:sesame@db.example?ssl=sesame'],
    ['an authority without a file', 'mysql://root:sesame@db.example?ca='],
  ])('is refused with %s, by name and without any part of it', (_, url) => {
    expect(() => parseServerUrl(url)).toThrow(
      /^ROTATION_MYSQL_URL: (?!.*(sesame|ame@|12)).*; expected mysql:\/\/user:password@host:port/,
    );
  });
});

describe('startDatabaseServer with ROTATION_MYSQL_URL', () => {
  const before = process.env['ROTATION_MYSQL_URL'];

  afterEach(() => {
    if (before === undefined) delete process.env['ROTATION_MYSQL_URL'];
    else process.env['ROTATION_MYSQL_URL'] = before;
  });

  it.each([
    ['is wrong', 'mysql://:sesame@db.example', /the user is missing/],
    [
      'names no server',
      'mysql://root:sesame@127.0.0.1:1',
      /no usable server at 127\.0\.0\.1:1 \(.*ECONNREFUSED/,
    ],
    ['names no file', 'mysql://root:sesame@127.0.0.1:1?ca=/absent', /the file that its option ca names/],
  ])('starts no other server when it %s', async (_, url, message) => {
    process.env['ROTATION_MYSQL_URL'] = url;
    const failure = startDatabaseServer();
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.not.toThrow(/sesame/);
  });
});
