import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { UnexpectedError } from '../../../errors';
import { ed25519Hash, isEd25519HashOf, isEd25519Password } from './ed25519';
import { sha256Crypt } from './sha256-crypt';

/**
 * Hashes are made and compared on our side, so that no cleartext password is in a statement, and a current
 * password is proved without a login that the server could count.
 */
interface PasswordPlugin {
  /** Tells whether a stored hash is of the format that `make` makes. */
  isKnown(stored: string): boolean;
  /** @param rounds the server's `caching_sha2_password_digest_rounds` */
  make(password: string, rounds: number): string;
  /** Tells whether `stored`, of a known format, is the hash of `password`, which may be one that cannot be made here. */
  proves(password: string, stored: string): boolean;
  /** How often `proves` hashes for `stored`. */
  rounds(stored: string): number;
  /** False for a password that cannot be given to an account from here. */
  accepts(password: string): boolean;
}

const SALT_ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** sha256_password hashes with crypt's default rounds, always. */
const SHA256_PASSWORD_ROUNDS = 5_000;

/** 20 characters that need no quoting; 64 of them, so a byte's lower six bits choose without a bias. */
function makeSalt(): string {
  return Array.from(randomBytes(20), (byte) => SALT_ALPHABET.charAt(byte & 0x3f)).join('');
}

function nativeHash(password: string): string {
  const once = hash('sha1', Buffer.from(password, 'utf8'), 'buffer');
  return `*${hash('sha1', once, 'hex').toUpperCase()}`;
}

function equal(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const always = () => true;

/** A longer one is refused by CREATE USER, and at every login although its hash is there (tried on MySQL 9.7). */
const LONGEST_BYTES = 256;
const isShortEnough = (password: string): boolean => Buffer.byteLength(password) <= LONGEST_BYTES;

/** `$A$` + rounds in thousands as three hex digits + `$` + 20 bytes of salt + 43 of digest. */
const CACHING_SHA2 = /^\$A\$([0-9A-Fa-f]{3})\$([\s\S]{20})([./0-9A-Za-z]{43})$/;
/** `$5$` + 20 bytes of salt + `$` + 43 of digest. */
const SHA256 = /^\$5\$([\s\S]{20})\$([./0-9A-Za-z]{43})$/;

/** A hash holds its rounds in thousands; what is more of the server's setting has no place in it. */
const cachingSha2 = (password: string, salt: string, rounds: number): string => {
  const thousands = Math.floor(rounds / 1000);
  const digits = thousands.toString(16).toUpperCase().padStart(3, '0');
  return `$A$${digits}$${salt}${sha256Crypt(password, salt, thousands * 1000)}`;
};

const cachingSha2Rounds = (stored: string): number =>
  Number.parseInt(CACHING_SHA2.exec(stored)?.[1] ?? '0', 16) * 1000;

const sha256 = (password: string, salt: string): string =>
  `$5$${salt}$${sha256Crypt(password, salt, SHA256_PASSWORD_ROUNDS)}`;

/** The authentication plugins whose stored hash can be made and proved here. */
const PLUGINS: ReadonlyMap<string, PasswordPlugin> = new Map([
  [
    'caching_sha2_password',
    {
      isKnown: (stored) => CACHING_SHA2.test(stored),
      make: (password, rounds) => cachingSha2(password, makeSalt(), rounds),
      proves: (password, stored) => {
        const [, , salt = ''] = CACHING_SHA2.exec(stored) ?? [];
        return (
          isShortEnough(password) && equal(stored, cachingSha2(password, salt, cachingSha2Rounds(stored)))
        );
      },
      rounds: cachingSha2Rounds,
      accepts: isShortEnough,
    },
  ],
  [
    'sha256_password',
    {
      isKnown: (stored) => SHA256.test(stored),
      make: (password) => sha256(password, makeSalt()),
      proves: (password, stored) =>
        isShortEnough(password) && equal(stored, sha256(password, SHA256.exec(stored)?.[1] ?? '')),
      rounds: () => SHA256_PASSWORD_ROUNDS,
      accepts: isShortEnough,
    },
  ],
  [
    'mysql_native_password',
    {
      isKnown: (stored) => /^\*[0-9A-F]{40}$/.test(stored),
      make: nativeHash,
      proves: (password, stored) => equal(stored, nativeHash(password)),
      rounds: () => 0,
      accepts: always,
    },
  ],
  [
    'ed25519',
    {
      isKnown: (stored) => /^[A-Za-z0-9+/]{43}$/.test(stored),
      make: ed25519Hash,
      proves: (password, stored) => isEd25519HashOf(stored, password),
      rounds: () => 0,
      accepts: isEd25519Password,
    },
  ],
]);

export function isPasswordPlugin(plugin: string): boolean {
  return PLUGINS.has(plugin);
}

function pluginNamed(name: string): PasswordPlugin {
  const plugin = PLUGINS.get(name);
  if (plugin === undefined) throw new UnexpectedError(`${name} is not a password plugin`);
  return plugin;
}

/** Whether an account can have this password: ed25519 takes 32 bytes only, the SHA-256 plugins 256 at most. */
export function acceptsPassword(plugin: string, password: string): boolean {
  return pluginNamed(plugin).accepts(password);
}

/**
 * The hash that the server would store.
 * @param digestRounds the server's `caching_sha2_password_digest_rounds`, 5,000 to 4,095,000
 */
export function hashPassword(plugin: string, password: string, digestRounds: number): string {
  return pluginNamed(plugin).make(password, digestRounds);
}

/** Tells whether a stored hash is of a format that can be compared; an empty one is an account without a password. */
export function isKnownHash(plugin: string, stored: string): boolean {
  return stored === '' || pluginNamed(plugin).isKnown(stored);
}

/** Tells whether `stored`, an account's `authentication_string`, is the hash of `password`. */
export function isHashOf(plugin: string, stored: string, password: string): boolean {
  const kind = pluginNamed(plugin);
  return kind.isKnown(stored) && kind.proves(password, stored);
}

/**
 * Like `isHashOf` for one password, and computes a hash that several accounts share only once: all accounts of a
 * standby are given the same one.
 */
export function hashProver(password: string): (plugin: string, stored: string) => boolean {
  const known = new Map<string, boolean>();
  return (plugin, stored) => {
    const key = `${plugin}:${stored}`;
    const isProved = known.get(key) ?? isHashOf(plugin, stored, password);
    known.set(key, isProved);
    return isProved;
  };
}

/** What proving a password costs that is compared with `stored`, in rounds of SHA-256. */
export function roundsOf(plugin: string, stored: string): number {
  return PLUGINS.get(plugin)?.rounds(stored) ?? 0;
}
