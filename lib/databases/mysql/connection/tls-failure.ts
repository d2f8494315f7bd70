/**
 * What Node and OpenSSL say when TLS cannot be set up, and what an operator does about it. The driver replaces
 * Node's error code by its own, so the words are read; they are not passed on.
 * https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
const CERTIFICATE = "the server's certificate or host name could not be verified: check";

const MEANINGS: readonly (readonly [words: RegExp, meaning: string])[] = [
  [
    /altnames|Hostname\/IP does not match|is not in the cert/i,
    `${CERTIFICATE} that the secret's host is a name in it; the certificate is for another one`,
  ],
  [/certificate has expired/i, `${CERTIFICATE} the certificate's dates; it has expired, so renew it`],
  [/not yet valid/i, `${CERTIFICATE} the certificate's dates; it is not valid yet`],
  [
    /self-?signed certificate|unable to (get|verify)|unknown ca|certificate signature failure|invalid CA certificate/i,
    `${CERTIFICATE} DB_CA_BUNDLE_PATH; none of the authorities in it, or of the usual ones without it, issued the certificate`,
  ],
  [/revoked/i, `${CERTIFICATE} the certificate; it was revoked, so renew it`],
  [
    /key too small|md too weak|ee key|ca key/i,
    `${CERTIFICATE} the certificate; its key or its digest is too weak for TLS 1.2`,
  ],
  [
    /unsupported protocol|protocol version|no protocols available|version too low/i,
    'the server offers TLS older than 1.2 only: allow TLS 1.2 or 1.3 on it (tls_version)',
  ],
  [
    /handshake failure|no shared cipher|cipher/i,
    'the server and this Lambda have no TLS cipher in common: allow a modern one on the server (ssl_cipher, tls_ciphersuites)',
  ],
  [
    /wrong version number|packet length too long|record layer/i,
    'what answered there does not speak TLS: is it a proxy?',
  ],
];

/** The usual causes, for words that are not known. */
const UNKNOWN = `${CERTIFICATE} DB_CA_BUNDLE_PATH, the certificate's dates, and that the secret's host is a name in it`;

/** @param words the message of Node's error */
export function tlsFailure(words: string): string {
  return MEANINGS.find(([pattern]) => pattern.test(words))?.[1] ?? UNKNOWN;
}
