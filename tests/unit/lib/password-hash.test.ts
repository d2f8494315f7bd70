import {
  acceptsPassword,
  hashPassword,
  isHashOf,
  isKnownHash,
} from '../../../lib/databases/mysql/passwords/password-hash';
import { sha256Crypt } from '../../../lib/databases/mysql/passwords/sha256-crypt';

/** U. Drepper, "Unix crypt using SHA-256 and SHA-512", test vectors; salts as crypt(3) cuts them, at 16. */
const VECTORS: [password: string, salt: string, rounds: number, digest: string][] = [
  ['Hello world!', 'saltstring', 5_000, '5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
  ['Hello world!', 'saltstringsaltst', 10_000, '3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA'],
  ['This is just a test', 'toolongsaltstrin', 5_000, 'Un/5jzAHMgOGZ5.mWJpuVolil07guHPvOW8mGRcvxa5'],
  [
    'a very much longer text to encrypt.  This one even stretches over morethan one line.',
    'anotherlongsalts',
    1_400,
    'Rx.j8H.h8HjEDGomFU8bDkXm3XIUnzyxf12oP84Bnq1',
  ],
  [
    'we have a short salt string but not a short password',
    'short',
    77_777,
    'JiO1O3ZpDAxGJeaDIuqCoEFysAe1mZNJRs3pw0KQRd/',
  ],
  ['a short string', 'asaltof16chars..', 123_456, 'gP3VQ/6X7UUEW3HkBn2w1/Ptq2jxPyzV/cZKmF/wJvD'],
  [
    'the minimum number is still observed',
    'roundstoolow',
    1_000,
    'yfvwcWrQ8l/K0DAWyuPMDNHpIVlTQebY9l/gL972bIC',
  ],
];

describe('SHA-256-crypt', () => {
  it.each(VECTORS)('of %j with %s and %i rounds is as specified', (password, salt, rounds, digest) => {
    expect(sha256Crypt(password, salt, rounds)).toBe(digest);
  });
});

describe("a password's hash", () => {
  it.each([
    [5_000, '005'],
    [10_000, '00A'],
  ])('for caching_sha2_password with %i rounds says %s', (rounds, written) => {
    const stored = hashPassword('caching_sha2_password', 'hunter2', rounds);
    expect(stored).toMatch(new RegExp(`^\\$A\\$${written}\\$[./0-9A-Za-z]{63}$`));
    expect(isHashOf('caching_sha2_password', stored, 'hunter2')).toBe(true);
    expect(isHashOf('caching_sha2_password', stored, 'hunter3')).toBe(false);
  });

  it('for caching_sha2_password may have as many rounds as the server allows', () => {
    const stored = `$A$FFF$${'s'.repeat(20)}${'d'.repeat(43)}`;
    expect(isKnownHash('caching_sha2_password', stored)).toBe(true);
  });

  it('for caching_sha2_password has a new salt each time', () => {
    const make = () => hashPassword('caching_sha2_password', 'hunter2', 5_000);
    expect(make()).not.toBe(make());
  });

  it('for mysql_native_password is what PASSWORD() gave', () => {
    // Reference Manual 5.7, "Password Hashing in MySQL": PASSWORD('mypass')
    const stored = '*6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4';
    expect(hashPassword('mysql_native_password', 'mypass', 5_000)).toBe(stored);
    expect(isHashOf('mysql_native_password', stored, 'mypass')).toBe(true);
    expect(isHashOf('mysql_native_password', stored, 'other')).toBe(false);
  });

  it.each(['mysql_native_password', 'caching_sha2_password'] as const)(
    'for %s is never that of an account without a password',
    (plugin) => {
      expect(isKnownHash(plugin, '')).toBe(true);
      expect(isHashOf(plugin, '', '')).toBe(false);
      expect(isHashOf(plugin, '', 'hunter2')).toBe(false);
    },
  );

  it.each([
    ['mysql_native_password', '*6c89'],
    ['mysql_native_password', `$A$005$${'s'.repeat(63)}`],
    ['caching_sha2_password', '*6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4'],
    ['caching_sha2_password', `$A$005$${'s'.repeat(62)}`],
    ['caching_sha2_password', `$B$005$${'s'.repeat(63)}`],
    ['caching_sha2_password', `$A$5$${'s'.repeat(63)}`],
  ] as const)('for %s is not recognised in %s', (plugin, stored) => {
    expect(isKnownHash(plugin, stored)).toBe(false);
    expect(isHashOf(plugin, stored, 'hunter2')).toBe(false);
  });

  it('may have any bytes in its salt, as the server makes them', () => {
    const salt = `a'\n$\u007f${'\u0001'.repeat(15)}`;
    const stored = `$A$005$${salt}${sha256Crypt('hunter2', salt, 5_000)}`;
    expect(isHashOf('caching_sha2_password', stored, 'hunter2')).toBe(true);
  });
});

describe('a password that no login could be made with', () => {
  it.each([
    ['caching_sha2_password', 'é'.repeat(128), true],
    ['caching_sha2_password', `${'é'.repeat(128)}x`, false],
    ['sha256_password', 'x'.repeat(257), false],
    ['mysql_native_password', 'x'.repeat(257), true],
    ['ed25519', 'x'.repeat(33), false],
  ])('is told by its length in bytes, for %s', (plugin, password, isAccepted) => {
    expect(acceptsPassword(plugin, password)).toBe(isAccepted);
  });
});
