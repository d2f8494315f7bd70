import { createPrivateKey, createPublicKey, hash, sign, timingSafeEqual, type KeyObject } from 'node:crypto';
import { UnsupportedAccountError } from '../../../errors';

/**
 * MariaDB's ed25519 authentication. The server takes SHA-512 of the password for the expanded private key,
 * which is what Ed25519 itself does with a seed: a password of exactly 32 bytes is a seed, and any crypto
 * library can speak for it. A password of another length can be proved here, and not be given.
 */
const SEED_BYTES = 32;

/** PKCS #8 header of an Ed25519 private key (RFC 8410); the seed follows. */
const PKCS8_HEADER = Buffer.from('302e020100300506032b657004220420', 'hex');

export function isEd25519Password(password: string): boolean {
  return Buffer.byteLength(password, 'utf8') === SEED_BYTES;
}

function privateKey(password: string): KeyObject {
  const key = Buffer.concat([PKCS8_HEADER, Buffer.from(password, 'utf8')]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

/** What the server stores: the public key, base64 without padding. */
export function ed25519Hash(password: string): string {
  const key = createPublicKey(privateKey(password)).export({ format: 'der', type: 'spki' });
  return key.subarray(-SEED_BYTES).toString('base64').replace(/=+$/, '');
}

/**
 * The answer to the server's 32 bytes of challenge.
 * @throws {UnsupportedAccountError} for a password of another length.
 */
export function ed25519Answer(password: string, challenge: Buffer): Buffer {
  if (!isEd25519Password(password)) {
    throw new UnsupportedAccountError(
      `the account logs in with ed25519, for which this service speaks only with passwords of ${SEED_BYTES} bytes`,
    );
  }
  return sign(null, challenge.subarray(0, SEED_BYTES), privateKey(password));
}

/** The prime of the field of Curve25519. */
const P = 2n ** 255n - 19n;

/** PKCS #8 header of an X25519 private key (RFC 8410); the scalar follows. */
const X25519_HEADER = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** The bit of a public key that tells the sign of x; the other 255 are y, least byte first (RFC 8032, 5.1.2). */
const SIGN_BIT = 1n << 255n;

function inverse(value: bigint): bigint {
  let [result, base] = [1n, ((value % P) + P) % P];
  for (let exponent = P - 2n; exponent > 0n; exponent >>= 1n) {
    if ((exponent & 1n) === 1n) result = (result * base) % P;
    base = (base * base) % P;
  }
  return result;
}

/**
 * Tells whether a stored public key is that of a password of any length. The same scalar times the same base point
 * is also X25519's public key, which crypto libraries make from any 32 bytes; the two curves are one, by
 * u = (1 + y) / (1 - y) (RFC 7748, 4.1). Only the sign of x is not compared.
 * @param stored base64 of 32 bytes, without padding
 */
export function isEd25519HashOf(stored: string, password: string): boolean {
  const scalar = hash('sha512', Buffer.from(password, 'utf8'), 'buffer').subarray(0, SEED_BYTES);
  const key = createPrivateKey({ key: Buffer.concat([X25519_HEADER, scalar]), format: 'der', type: 'pkcs8' });
  const made = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-SEED_BYTES);
  const bytes = Buffer.from(stored, 'base64').reverse();
  const y = BigInt(`0x${bytes.toString('hex')}`) & (SIGN_BIT - 1n);
  const u = ((1n + y) * inverse(1n - y)) % P;
  const expected = Buffer.from(u.toString(16).padStart(2 * SEED_BYTES, '0'), 'hex').reverse();
  return timingSafeEqual(made, expected);
}
