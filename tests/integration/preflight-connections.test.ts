import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../local/aws/secrets-manager/errors';
import { makeAuthority } from '../../local/database/certificates';
import { readConfig } from '../../lib/config';
import { MysqlEngine } from '../../lib/databases/mysql/mysql-engine';
import { MysqlProbe } from '../../lib/databases/mysql/probe/mysql-probe';
import { preflight } from '../../lib/rotation/preflight/preflight';
import { SecretsManagerStore } from '../../lib/secrets/secrets-manager-store';
import { startBlackHole } from '../support/black-hole';
import { eachWorld } from '../support/each-world';
import { expectFault, preflightInput, runPreflight } from '../support/preflight';
import { closedPort, startTcpProxy } from '../support/tcp-proxy';
import { temporaryFolder } from '../support/temporary-folder';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

const worldAt = (endpoint: { host: string; port: number }): Promise<World> =>
  worlds.make({ secret: endpoint, master: endpoint });

async function proxied(options: Parameters<typeof startTcpProxy>[0]) {
  const proxy = await startTcpProxy(options);
  worlds.afterwards(() => proxy.close());
  return proxy;
}

/** The rule itself with a real client of an endpoint of the test's choice: the handler keeps its own for good. */
async function preflightWith(world: World, endpoint: string): Promise<unknown> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new SecretsManagerClient({ endpoint, region: 'us-east-1', credentials });
  worlds.afterwards(() => {
    client.destroy();
  });
  const config = readConfig();
  return preflight(preflightInput(world), {
    secrets: new SecretsManagerStore(client),
    engine: new MysqlEngine(config.caBundlePath),
    probe: new MysqlProbe(config.caBundlePath),
    config,
    now: () => new Date(),
  });
}

describe('a preflight tells a missing endpoint of Secrets Manager', () => {
  const fault = {
    layer: 'secrets-manager',
    error: 'SecretStoreUnavailableError',
    saying: /VPC .*needs an interface endpoint/,
  } as const;

  it('that refuses connections', async () => {
    const world = await worlds.make();
    const endpoint = `http://127.0.0.1:${await closedPort()}`;
    await expectFault(world, fault, () => preflightWith(world, endpoint));
  });

  it('that has no address', async () => {
    const world = await worlds.make();
    await expectFault(world, fault, () => preflightWith(world, 'http://no-such-host.invalid'));
  });

  it('that stays silent, after three seconds', async () => {
    const world = await worlds.make();
    const { host, port } = await proxied({ isSilent: true });
    const silence = { ...fault, saying: /VPC .*needs an interface endpoint.*\(waited 3 s\)/ };
    await expectFault(world, silence, () => preflightWith(world, `http://${host}:${port}`));
  });

  it.each(['DescribeSecret', 'GetSecretValue', 'GetRandomPassword'])(
    'from one that refuses %s',
    async (refused) => {
      const world = await worlds.make();
      let isRefused = false;
      world.intercept(({ operation }) => {
        if (isRefused && operation === refused) throw new AwsError('AccessDeniedException', 'no');
      });

      await expectFault(
        world,
        {
          layer: 'secrets-manager',
          error: 'SecretAccessDeniedError',
          saying: new RegExp(`${refused}.* was refused .*: check the Lambda's role`),
        },
        async () => {
          isRefused = true;
          await runPreflight(world).finally(() => {
            isRefused = false;
          });
        },
      );
    },
  );
});

describe('a preflight tells which part of the way to the server is broken', () => {
  it('a host name without an address', async () => {
    const world = await worldAt({ host: 'no-such-host.invalid', port: 3306 });
    await expectFault(world, {
      layer: 'dns',
      error: 'DatabaseUnavailableError',
      saying: /no-such-host\.invalid.*\((ENOTFOUND|EAI_AGAIN)\)/,
    });
  });

  it('a port on which nothing listens', async () => {
    const world = await worldAt({ host: '127.0.0.1', port: await closedPort() });
    await expectFault(world, {
      layer: 'tcp',
      error: 'DatabaseUnavailableError',
      saying: /\(ECONNREFUSED\): .*nothing listens on that port: check port in the secret/,
    });
  });

  it('packets that are dropped, after three seconds', async () => {
    const hole = await startBlackHole();
    worlds.afterwards(() => {
      hole.close();
    });
    const world = await worldAt({ host: hole.host, port: hole.port });
    await expectFault(world, {
      layer: 'tcp',
      error: 'DatabaseUnavailableError',
      saying: /do not answer at all \(waited 3 s\): .*open the database's security group/,
    });
  });

  it('a listener that says nothing, after three seconds', async () => {
    const { host, port } = await proxied({ isSilent: true });
    const world = await worldAt({ host, port });
    await expectFault(world, {
      layer: 'tls',
      error: 'DatabaseUnavailableError',
      saying: /accepts connections but set up no TLS .*\(waited 3 s\): .*does something else listen/,
    });
  });

  it('a connection that is cut while TLS is set up', async () => {
    const { host, port } = await proxied({ cutAfterPieces: 1 });
    const world = await worldAt({ host, port });
    await expectFault(world, {
      layer: 'tls',
      error: 'DatabaseUnavailableError',
      saying: /the connection broke while TLS was being set up|no answer/,
    });
  });

  it('a server without TLS', async () => {
    const { host, port } = await proxied({ withoutTls: true });
    const world = await worldAt({ host, port });
    await expectFault(world, {
      layer: 'tls',
      error: 'TlsNotSupportedError',
      saying: /offers no TLS; `ssl: false` in the secret would allow plaintext/,
    });
  });

  it('but not when the deployer allows plaintext there', async () => {
    const { host, port } = await proxied({ withoutTls: true });
    const world = await worldAt({ host, port });
    world.setEnvironment({ DB_ALLOW_PLAINTEXT_FALLBACK: 'true' });

    const { layers } = await runPreflight(world);

    expect(layers.find(({ layer }) => layer === 'tls')).toMatchObject({ verdict: 'skipped' });
  });

  it('a certificate of another authority', async () => {
    const bundle = join(await temporaryFolder(worlds), 'ca.pem');
    await writeFile(bundle, (await makeAuthority()).certificatePem);
    const world = await worlds.make({ environment: { DB_CA_BUNDLE_PATH: bundle } });
    await expectFault(world, {
      layer: 'tls',
      error: 'TlsVerificationError',
      saying: /certificate or host name could not be verified: check DB_CA_BUNDLE_PATH/,
    });
  });

  it('a certificate for another host name', async () => {
    const { port } = await proxied({});
    const world = await worldAt({ host: '127.1', port }); // the loopback interface too, and in no certificate
    await expectFault(world, {
      layer: 'tls',
      error: 'TlsVerificationError',
      saying: /that the secret's host is a name in it/,
    });
  });
});
