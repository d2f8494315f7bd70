import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import { issueServerCertificate, makeAuthority, type Authority } from '../../local/database/certificates';
import { eachWorld } from '../support/each-world';
import {
  refusalPacket,
  startOtherServer,
  startOtherTls,
  type ForeignListener,
} from '../support/foreign-listener';
import { expectFault } from '../support/preflight';
import { expectRefused } from '../support/refusal';
import { temporaryFolder } from '../support/temporary-folder';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

async function worldAt(listener: Promise<ForeignListener>, host?: string): Promise<World> {
  const { close, ...endpoint } = await listener;
  worlds.afterwards(close);
  const at = { ...endpoint, ...(host === undefined ? {} : { host }) };
  return worlds.make({ secret: at, master: at });
}

describe('a certificate that cannot be verified is called by what is wrong with it', () => {
  const DAY_MS = 24 * 60 * 60 * 1000;
  let authority: Authority;

  beforeAll(async () => {
    authority = await makeAuthority();
  });

  /** Trusts the authority of these tests only. */
  async function worldWith(context: TlsOptions): Promise<World> {
    const world = await worldAt(startOtherTls(context), 'localhost');
    const bundle = join(await temporaryFolder(worlds), 'ca.pem');
    await writeFile(bundle, authority.certificatePem);
    world.setEnvironment({ DB_CA_BUNDLE_PATH: bundle });
    return world;
  }

  async function contextFor(
    issuer: Authority,
    order: Parameters<typeof issueServerCertificate>[1],
  ): Promise<TlsOptions> {
    const { certificatePem, privateKeyPem } = await issueServerCertificate(issuer, order);
    return { cert: certificatePem, key: privateKeyPem };
  }

  it.each<[string, RegExp, () => Promise<TlsOptions>]>([
    [
      'one that has expired',
      /check the certificate's dates; it has expired, so renew it/,
      () => contextFor(authority, { names: ['localhost'], notAfter: new Date(Date.now() - DAY_MS) }),
    ],
    [
      'one for another host name',
      /check that the secret's host is a name in it; the certificate is for another one/,
      () => contextFor(authority, { names: ['db.example.com'] }),
    ],
    [
      'one of another authority',
      /check DB_CA_BUNDLE_PATH; none of the authorities .*issued the certificate/,
      async () => contextFor(await makeAuthority(), { names: ['localhost'] }),
    ],
    [
      'none, because TLS is older than 1.2',
      /offers TLS older than 1\.2 only: allow TLS 1\.2 or 1\.3/,
      async () => ({
        ...(await contextFor(authority, { names: ['localhost'] })),
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'ALL:@SECLEVEL=0',
      }),
    ],
  ])('%s', async (_what, saying, makeContext) => {
    const world = await worldWith(await makeContext());

    await expectRefused(world, { error: 'TlsVerificationError', at: 'SetSecret', saying });
    await expectFault(world, { layer: 'tls', error: 'TlsVerificationError', saying });
  });
});

describe('a port on which something else listens is not taken for a closed one', () => {
  it('when it is that of the X protocol, which is no reason to try again', async () => {
    const greeting = Buffer.from([5, 0, 0, 0, 0x0b, 8, 5, 0x1a, 0]);
    const world = await worldAt(startOtherServer(greeting));
    const saying = /does not speak MySQL's protocol: check host and port in the secret \(33060 is the X/;

    await expectRefused(world, { error: 'UnsupportedServerError', at: 'SetSecret', saying });
    await expectFault(world, { layer: 'tls', error: 'UnsupportedServerError', saying });
  });

  it.each([
    ['nothing', ''],
    ['what a server of HTTP says', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'],
    ['what a server of SSH says', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['what a server of PostgreSQL says', 'E\0\0\0\x20SFATAL\0C08P01\0Minvalid\0'],
  ])('when it says %s and closes the connection', async (_what, greeting) => {
    const world = await worldAt(startOtherServer(Buffer.from(greeting, 'latin1')));
    await expectRefused(world, {
      error: 'DatabaseUnavailableError',
      at: 'SetSecret',
      saying: /closed before the login: what listens there may be no MySQL or MariaDB, or a proxy/,
    });
  });

  it.each([
    [9501, 'Timed-out waiting', 'DatabaseBusyError', /RDS Proxy had no connection to give in time \(9501\)/],
    [9001, 'Max connect timeout', 'DatabaseBusyError', /ProxySQL reached no server in time \(9001\)/],
    [1040, 'Too many connections', 'DatabaseBusyError', /too many connections/],
    [
      1129,
      "Host '10.0.3.7' is blocked because of many connection errors",
      'ClientHostRefusedError',
      /this address is blocked .*\(the server sees this Lambda as 10\.0\.3\.7\)/,
    ],
    [
      1130,
      "Host 'ip-10-0-3-7.ec2.internal' is not allowed to connect",
      'ClientHostRefusedError',
      /no account allows this address .*sees this Lambda as ip-10-0-3-7\.ec2\.internal\)/,
    ],
  ])('when it is a proxy or a server that answers %d', async (errno, message, error, saying) => {
    const world = await worldAt(startOtherServer(refusalPacket(errno, message)));
    await expectRefused(world, { error, at: 'SetSecret', saying });
  });
});

describe('a master that may not log in is refused with the reason', () => {
  it.each([
    ['ACCOUNT LOCK', /locked or expired: mend it, then re-drive; it is locked \(ALTER USER/],
    ['PASSWORD EXPIRE', /locked or expired: mend it, then re-drive; its password has expired/],
  ])('after %s', async (clause, saying) => {
    const world = await worlds.make();
    await world.admin.run(`ALTER USER '${world.master.username}' ${clause}`);
    await expectRefused(world, { error: 'MasterAccountLockedError', at: 'SetSecret', saying });
  });

  it('after too many failed logins', async () => {
    const world = await worlds.make({ master: { password: 'wrong' } });
    await world.admin.run(
      `ALTER USER '${world.master.username}' FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME UNBOUNDED`,
    );
    await expectRefused(world, {
      error: 'MasterAccountLockedError',
      at: 'SetSecret',
      saying: /too many logins failed/,
    });
  });

  it('when its account requires TLS and its secret does without', async () => {
    const world = await worlds.make({ master: { ssl: false } });
    await world.admin.run(`ALTER USER '${world.master.username}' REQUIRE SSL`);
    await expectRefused(world, {
      error: 'MasterCredentialRejectedError',
      at: 'SetSecret',
      saying: /the master's account requires TLS or a certificate .*`ssl` of the master secret/,
    });
  });
});
