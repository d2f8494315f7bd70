import { hash } from 'node:crypto';

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Digest bytes in the order in which the specification writes them, three at a time. */
const ORDER = [
  [0, 10, 20],
  [21, 1, 11],
  [12, 22, 2],
  [3, 13, 23],
  [24, 4, 14],
  [15, 25, 5],
  [6, 16, 26],
  [27, 7, 17],
  [18, 28, 8],
  [9, 19, 29],
] as const;

const sha256 = (...parts: Buffer[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer');

/** `bytes` repeated and cut to `length`. */
function stretch(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, bytes);
}

function encode24(high: number, middle: number, low: number, characters: number): string {
  let bits = (high << 16) | (middle << 8) | low;
  let text = '';
  for (let i = 0; i < characters; i += 1) {
    text += ALPHABET.charAt(bits & 0x3f);
    bits >>= 6;
  }
  return text;
}

/**
 * The 43 characters of SHA-256-crypt (U. Drepper, "Unix crypt using SHA-256 and SHA-512", steps 1 to 22),
 * which MySQL's caching_sha2_password and sha256_password use with a salt of 20 bytes; crypt(3) itself stops
 * at 16, so no library for it fits.
 */
export function sha256Crypt(password: string, salt: string, rounds: number): string {
  const key = Buffer.from(password, 'utf8');
  const seasoning = Buffer.from(salt, 'latin1');

  const alternate = sha256(key, seasoning, key);
  const bits: Buffer[] = [];
  for (let length = key.length; length > 0; length >>= 1) bits.push(length & 1 ? alternate : key);
  let digest = sha256(key, seasoning, stretch(alternate, key.length), ...bits);

  const p = stretch(sha256(...Array.from({ length: key.length }, () => key)), key.length);
  const s = stretch(
    sha256(...Array.from({ length: 16 + (digest[0] ?? 0) }, () => seasoning)),
    seasoning.length,
  );

  // What is hashed in each round repeats after 42 of them, but for the digest of the round before.
  const templates = Array.from({ length: 42 }, (_, round) => {
    const odd = round % 2 === 1;
    const parts = [
      odd ? p : digest,
      ...(round % 3 === 0 ? [] : [s]),
      ...(round % 7 === 0 ? [] : [p]),
      odd ? digest : p,
    ];
    const bytes = Buffer.concat(parts);
    return { bytes, place: odd ? bytes.length - digest.length : 0 };
  });
  // As text, because a Buffer for each round takes four times as long.
  let text = digest.toString('latin1');
  for (let round = 0; round < rounds; round += 1) {
    const { bytes, place } = templates[round % 42] as (typeof templates)[number];
    bytes.write(text, place, 'latin1');
    text = hash('sha256', bytes, 'binary');
  }
  digest = Buffer.from(text, 'latin1');

  const at = (index: number): number => digest[index] ?? 0;
  const body = ORDER.map(([high, middle, low]) => encode24(at(high), at(middle), at(low), 4)).join('');
  return body + encode24(0, at(31), at(30), 3);
}
