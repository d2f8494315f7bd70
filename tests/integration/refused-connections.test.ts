import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeAuthority } from '../../local/database/certificates';
import { server } from '../support/database';
import { eachWorld } from '../support/each-world';
import { expectRefused } from '../support/refusal';
import { closedPort, startTcpProxy, type TcpProxy } from '../support/tcp-proxy';
import { temporaryFolder } from '../support/temporary-folder';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

async function proxied(options: Parameters<typeof startTcpProxy>[0]): Promise<TcpProxy> {
  const proxy = await startTcpProxy(options);
  worlds.afterwards(() => proxy.close());
  return proxy;
}

/** One try and the retrier's six. */
const ATTEMPTS = 7;

describe('a server that does not answer', () => {
  it('is tried seven times and then named, with what to check', async () => {
    const endpoint = { host: '127.0.0.1', port: await closedPort() };
    const world = await worlds.make({ secret: endpoint, master: endpoint });

    const execution = await expectRefused(world, {
      error: 'DatabaseUnavailableError',
      at: 'SetSecret',
      saying: /no answer \(ECONNREFUSED\): check the host, security groups and routes/,
    });

    expect(execution.states.at(-1)?.attempts).toBe(ATTEMPTS);
  });

  it('that accepts and stays silent is given up by SetSecret itself, before the state times out', async () => {
    const proxy = await proxied({ isSilent: true });
    const { host, port } = proxy;
    const world = await worlds.make({ secret: { host, port }, master: { host, port } });
    const failures: string[] = [];

    const stop = new AbortController();
    await world.rotate({
      signal: stop.signal,
      onEvent: (event) => {
        if (event.kind !== 'attempt-failed') return;
        failures.push(`${event.error}: ${event.cause}`);
        stop.abort();
      },
    });

    expect(failures).toEqual([expect.stringMatching(/^DatabaseUnavailableError: .*\(ETIMEDOUT\)/)]);
    expect(proxy.connections).toBe(1);
  });
});

describe('a server whose identity cannot be verified is refused at once', () => {
  it('when another authority signed its certificate', async () => {
    const bundle = join(await temporaryFolder(worlds), 'ca.pem');
    await writeFile(bundle, (await makeAuthority()).certificatePem);
    const world = await worlds.make({ environment: { DB_CA_BUNDLE_PATH: bundle } });

    const execution = await expectRefused(world, {
      error: 'TlsVerificationError',
      at: 'SetSecret',
      saying: /certificate or host name could not be verified: check DB_CA_BUNDLE_PATH/,
    });

    expect(execution.states.at(-1)?.attempts).toBe(1);
  });

  it('when its certificate is for another host name', async () => {
    const host = '127.1'; // the loopback interface too, and in no certificate
    const { port } = await proxied({});
    const world = await worlds.make({ secret: { host, port }, master: { host, port } });

    await expectRefused(world, {
      error: 'TlsVerificationError',
      at: 'SetSecret',
      saying: /that the secret's host is a name in it/,
    });
  });

  it('when only the public authorities are trusted', async () => {
    const world = await worlds.make({ environment: { DB_CA_BUNDLE_PATH: '' } });

    await expectRefused(world, {
      error: 'TlsVerificationError',
      at: 'SetSecret',
      saying: /DB_CA_BUNDLE_PATH/,
    });
  });
});

describe('a server without TLS', () => {
  it.each([
    ['ssl is absent', undefined, {}],
    ['ssl is true', true, {}],
    ['ssl is true and plaintext is a fallback', true, { DB_ALLOW_PLAINTEXT_FALLBACK: 'true' }],
    ['ssl is "true" and plaintext is a fallback', 'true', { DB_ALLOW_PLAINTEXT_FALLBACK: 'true' }],
  ])('gets nothing when %s', async (_reason, ssl, environment) => {
    const proxy = await proxied({ withoutTls: true });
    const endpoint = { host: proxy.host, port: proxy.port, ssl };
    const world = await worlds.make({ secret: endpoint, master: endpoint, environment });

    await expectRefused(world, {
      error: 'TlsNotSupportedError',
      at: 'SetSecret',
      saying: /the server offers no TLS; `ssl: false` in the secret would allow plaintext/,
    });

    expect(proxy.connections).toBe(1);
    expect(proxy.received()).toHaveLength(0);
  });

  it.each([
    ['both secrets say so', false, {}],
    ['both secrets say so as text', 'False', {}],
    ['the deployer allows it as a fallback', undefined, { DB_ALLOW_PLAINTEXT_FALLBACK: 'true' }],
  ])('is used when %s', async (_reason, ssl, environment) => {
    const proxy = await proxied({ withoutTls: true });
    const endpoint = { host: proxy.host, port: proxy.port, ssl };
    const world = await worlds.make({ secret: endpoint, master: endpoint, environment });

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.currentSecretWorks()).toBe(true);
    const { password } = await world.secret();
    for (const secret of [world.master.password, password]) {
      expect(proxy.received().includes(secret)).toBe(false); // caching_sha2_password encrypts it
    }
  });

  it('is the only one that a fallback changes anything for', async () => {
    const world = await worlds.make({
      environment: { DB_ALLOW_PLAINTEXT_FALLBACK: 'true' },
    });
    await world.admin.run(`ALTER USER '${world.master.username}' REQUIRE SSL`);

    expect(server.ssl).toBe(true);
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });
});
