import type { PeerCertificate } from 'node:tls';
import { identityProblem, sentName } from '../../../lib/databases/mysql/connection/server-identity';

/** As Node describes a certificate. */
const certificate = (subjectaltname: string): PeerCertificate =>
  ({ subject: { CN: 'db' }, subjectaltname }) as unknown as PeerCertificate;

describe("a certificate's names", () => {
  it.each([
    ['db.example.com', 'DNS:*.example.com'],
    ['DB.Example.COM.', 'DNS:db.example.com'],
    ['10.0.0.7', 'DNS:db.example.com, IP Address:10.0.0.7'],
    ['2001:db8::7', 'IP Address:2001:DB8:0:0:0:0:0:7'],
    ['::FFFF:10.0.0.7', 'IP Address:10.0.0.7'],
    ['0:0:0:0:0:ffff:a00:7', 'IP Address:10.0.0.7'],
  ])('hold %s when they are %s', (host, names) => {
    expect(identityProblem(host, certificate(names))).toBeUndefined();
  });

  it.each([
    ['a.db.example.com', 'DNS:*.example.com'],
    ['example.com', 'DNS:*.example.com'],
    ['10.0.0.7', 'DNS:localhost'],
    ['10.0.0.7', 'DNS:10.0.0.7'],
    ['2001:db8::7', 'DNS:localhost, IP Address:2001:DB8:0:0:0:0:0:8'],
    ['::ffff:10.0.0.7', 'IP Address:10.0.0.8'],
    ['::10.0.0.7', 'IP Address:10.0.0.7'],
  ])('do not hold %s when they are %s', (host, names) => {
    expect(identityProblem(host, certificate(names))).toHaveProperty('code', 'ERR_TLS_CERT_ALTNAME_INVALID');
  });
});

describe('the name that TLS sends', () => {
  it.each([
    ['db.example.com', 'db.example.com'],
    ['db.example.com.', 'db.example.com'],
    ['10.0.0.7', undefined],
    ['::1', undefined],
    ['::ffff:10.0.0.7', undefined],
  ])('to %s is %s', (host, name) => {
    expect(sentName(host)).toBe(name);
  });
});
