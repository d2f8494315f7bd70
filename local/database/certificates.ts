import 'reflect-metadata'; // @peculiar/x509 needs it loaded first
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type X509Certificate,
} from '@peculiar/x509';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';

const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1000;
const LIFETIME_MS = 30 * DAY_MS;
/** Certificates are valid from yesterday on, so that a clock that is a little slow does not refuse them. */
const BACKDATED_MS = DAY_MS;

export interface Authority {
  certificate: X509Certificate;
  certificatePem: string;
  privateKey: webcrypto.CryptoKey;
}

interface ServerCertificate {
  certificatePem: string;
  privateKeyPem: string;
}

/** Makes a certificate authority that nobody else trusts; its key lives in this process only. */
export async function makeAuthority(): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=stepwise-rotation local authority',
    notBefore: new Date(Date.now() - BACKDATED_MS),
    notAfter: new Date(Date.now() + LIFETIME_MS),
    signingAlgorithm: P256,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  return { certificate, certificatePem: certificate.toString('pem'), privateKey: keys.privateKey };
}

const alternativeNames = (names: readonly string[]): SubjectAlternativeNameExtension =>
  new SubjectAlternativeNameExtension(
    names.map((name) => ({ type: isIP(name) === 0 ? 'dns' : 'ip', value: name })),
  );

/**
 * Issues a certificate for a server that is reached by `names` (host names and IP addresses).
 * A `notAfter` in the past gives an expired one. Without `names` only the subject says whose it is.
 */
export async function issueServerCertificate(
  authority: Authority,
  {
    names,
    notAfter,
    commonName = 'stepwise-rotation local server',
  }: { names: readonly string[]; notAfter?: Date; commonName?: string },
): Promise<ServerCertificate> {
  const keys = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  const end = notAfter ?? new Date(Date.now() + LIFETIME_MS);
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${commonName}`,
    issuer: authority.certificate.subject,
    notBefore: new Date(Math.min(Date.now(), end.getTime()) - BACKDATED_MS),
    notAfter: end,
    signingAlgorithm: P256,
    publicKey: keys.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      ...(names.length === 0 ? [] : [alternativeNames(names)]),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    ],
  });
  const privateKey = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificatePem: certificate.toString('pem'),
    privateKeyPem: PemConverter.encode(privateKey, 'PRIVATE KEY'),
  };
}
