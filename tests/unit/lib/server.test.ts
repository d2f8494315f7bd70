import { describeServer, requireSupported } from '../../../lib/databases/mysql/connection/server';
import { writeGuard } from '../../../lib/databases/mysql/connection/writable';

describe('a server', () => {
  it.each([
    ['5.6.24', 'MySQL', [5, 6, 24], 16, false],
    ['5.7.44-log', 'MySQL', [5, 7, 44], 32, false],
    ['8.0.20', 'MySQL', [8, 0, 20], 32, false],
    ['8.0.21', 'MySQL', [8, 0, 21], 32, true],
    ['8.0.39', 'MySQL', [8, 0, 39], 32, true],
    ['8.4.3-cloud', 'MySQL', [8, 4, 3], 32, true],
    ['9.7.4', 'MySQL', [9, 7, 4], 32, true],
    ['10.1.2', 'MySQL', [10, 1, 2], 32, true],
    ['10.5.9-MariaDB', 'MariaDB', [10, 5, 9], 80, false],
    ['10.6.18-MariaDB', 'MariaDB', [10, 6, 18], 128, true],
    ['10.11.19-MariaDB-log', 'MariaDB', [10, 11, 19], 128, true],
    ['5.5.5-10.11.19-MariaDB', 'MariaDB', [10, 11, 19], 128, true],
    ['', 'MySQL', [0, 0, 0], 16, false],
  ])('that says it is %j is %s %j, with names of %i characters, supported: %s', (...expected) => {
    const [text, product, version, userNameLimit, isSupported] = expected;
    const server = describeServer(text, undefined);

    expect(server).toMatchObject({ product, version, userNameLimit, digestRounds: 5_000 });
    if (isSupported) requireSupported(server);
    else {
      expect(() => {
        requireSupported(server);
      }).toThrow(expect.objectContaining({ name: 'UnsupportedServerError' }) as Error);
    }
  });

  it('tells how often it hashes a password', () => {
    expect(describeServer('9.7.4', '10000')).toMatchObject({ digestRounds: 10_000 });
  });
});

describe('a server that must not be written to', () => {
  it.each([
    [{ read_only: 'ON', super_read_only: 'OFF' }, 'read_only = ON'],
    [{ read_only: 'OFF', super_read_only: 'ON' }, 'super_read_only = ON'],
    [{ read_only: 'NO_LOCK' }, 'read_only = NO_LOCK'],
    [{ read_only: 'NO_LOCK_NO_ADMIN' }, 'read_only = NO_LOCK_NO_ADMIN'],
    [{ read_only: 'OFF', innodb_read_only: 'ON' }, 'innodb_read_only = ON'],
    [{ read_only: '1' }, 'read_only = 1'],
    [{ offline_mode: 'ON' }, 'offline_mode = ON'],
  ])('is known by %j', (variables, guard) => {
    expect(writeGuard(new Map(Object.entries(variables)))).toBe(guard);
  });

  it.each([
    {},
    { read_only: 'OFF', super_read_only: 'OFF', innodb_read_only: 'OFF', offline_mode: 'OFF' },
    { read_only: '0' },
    { read_only: 'off' },
  ])('is not one with %j', (variables) => {
    expect(writeGuard(new Map(Object.entries(variables)))).toBeUndefined();
  });
});
