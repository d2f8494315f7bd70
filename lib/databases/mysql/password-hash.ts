import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256Crypt } from './sha256-crypt';

/**
 * Hashes are made and compared on our side, so that no cleartext password is in a statement, and a current
 * password is proved without a login that the server could count.
 */

/** The authentication plugins whose stored hash can be made and proved here. */
export const PASSWORD_PLUGINS = ['caching_sha2_password', 'mysql_native_password'] as const;
export type PasswordPlugin = (typeof PASSWORD_PLUGINS)[number];

export function isPasswordPlugin(plugin: string): plugin is PasswordPlugin {
  return (PASSWORD_PLUGINS as readonly string[]).includes(plugin);
}

/** `$A$` + rounds in thousands as three hex digits + `$` + 20 bytes of salt + 43 of digest. */
const CACHING_SHA2 = /^\$A\$([0-9A-Fa-f]{3})\$([\s\S]{20})([./0-9A-Za-z]{43})$/;

const SALT_ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** 20 characters that need no quoting; 64 of them, so a byte's lower six bits choose without a bias. */
function makeSalt(): string {
  return Array.from(randomBytes(20), (byte) => SALT_ALPHABET.charAt(byte & 0x3f)).join('');
}

function nativeHash(password: string): string {
  const once = hash('sha1', Buffer.from(password, 'utf8'), 'buffer');
  return `*${hash('sha1', once, 'hex').toUpperCase()}`;
}

function cachingSha2Hash(password: string, salt: string, rounds: number): string {
  const thousands = (rounds / 1000).toString(16).toUpperCase().padStart(3, '0');
  return `$A$${thousands}$${salt}${sha256Crypt(password, salt, rounds)}`;
}

/**
 * The hash that the server would store.
 * @param digestRounds the server's `caching_sha2_password_digest_rounds`, 5,000 to 4,095,000.
 */
export function hashPassword(plugin: PasswordPlugin, password: string, digestRounds: number): string {
  return plugin === 'mysql_native_password'
    ? nativeHash(password)
    : cachingSha2Hash(password, makeSalt(), digestRounds);
}

function equal(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Tells whether a stored hash is of a format that can be compared; an empty one is an account without a password. */
export function isKnownHash(plugin: PasswordPlugin, stored: string): boolean {
  if (stored === '') return true;
  return plugin === 'mysql_native_password' ? /^\*[0-9A-F]{40}$/.test(stored) : CACHING_SHA2.test(stored);
}

/** Tells whether `stored`, an account's `authentication_string`, is the hash of `password`. */
export function isHashOf(plugin: PasswordPlugin, stored: string, password: string): boolean {
  if (plugin === 'mysql_native_password') return equal(stored, nativeHash(password));
  const [, thousands, salt, digest] = CACHING_SHA2.exec(stored) ?? [];
  if (thousands === undefined || salt === undefined || digest === undefined) return false;
  return equal(digest, sha256Crypt(password, salt, Number.parseInt(thousands, 16) * 1000));
}
