import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';

/**
 * MariaDB's ed25519 authentication. The server takes SHA-512 of the password for the expanded private key,
 * which is what Ed25519 itself does with a seed: a password of exactly 32 bytes is a seed, and any crypto
 * library can speak for it. Other lengths cannot be mirrored here.
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

/** The answer to the server's 32 bytes of challenge. */
export function ed25519Answer(password: string, challenge: Buffer): Buffer {
  return sign(null, challenge.subarray(0, SEED_BYTES), privateKey(password));
}
