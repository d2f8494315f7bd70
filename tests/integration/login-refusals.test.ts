import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { MysqlEngine } from '../../lib/databases/mysql/mysql-engine';
import { judgePair } from '../../lib/rotation/judge-pair';
import { parseCredential } from '../../lib/secrets/credential';
import { SecretsManagerStore } from '../../lib/secrets/secrets-manager-store';
import { LOGIN_SERVERS, LoginServer, PASSWORD, START_TIMEOUT_MS } from '../support/login-server';

const FAILING = [
  'INSERT INTO nowhere.logins VALUES (CURRENT_USER())',
  'SELECT * FROM mysql.user',
  'no statement at all',
];

describe.each(LOGIN_SERVERS)('what $name refuses', ({ product, start }) => {
  let login: LoginServer;
  let engine: MysqlEngine;

  beforeAll(async () => {
    login = await LoginServer.start(start);
    engine = new MysqlEngine(login.server.caBundlePath);
  }, START_TIMEOUT_MS);
  afterAll(() => login.stop());
  afterEach(async () => {
    await login.run("SET GLOBAL init_connect = ''");
    await login.dropUsers();
  });

  const as = (username: string) => ({ username, password: PASSWORD, tls: 'verified' }) as const;
  const users = { current: 'app', standby: 'app_clone' };

  it.each(FAILING)('by an init_connect of %j is named, for a pending user and for a master', async (text) => {
    await login.makeUser('app', ['%']);
    await login.run(`SET GLOBAL init_connect = '${text}'`);
    const named = { name: 'DatabaseStatementError', message: /variable init_connect .*fail for this user/ };

    for (const ask of [
      () => engine.inspectSelf(login.server, as('app')),
      () => engine.withPair(login.server, as('app'), users, () => Promise.resolve()),
    ]) {
      const error: unknown = await ask().catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        name: named.name,
        message: expect.stringMatching(named.message) as string,
      });
    }
  });

  it('is reported with the address at which it sees the client', async () => {
    await login.makeUser('app', ['10.1.2.3', 'elsewhere.example']);
    const error: unknown = await engine
      .inspectSelf(login.server, as('app'))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: 'PendingCredentialRejectedError',
      message: expect.stringContaining(`(the server sees this Lambda as ${login.here})`) as string,
    });
  });

  // MySQL has no account with several methods of which one is enough.
  if (product === 'MySQL') return;

  it('to mirror: several ways to log in, whichever of them the secret has', async () => {
    const ways = [PASSWORD, 'Other-password-0123456789-abcdef'].map(
      (password) => `mysql_native_password USING PASSWORD('${password}')`,
    );
    const credential = { engine: 'mariadb', host: 'db', username: 'app', password: PASSWORD };
    const current = parseCredential(JSON.stringify(credential), 'AWSCURRENT');
    const config = { initialSetup: 'never' as const, privilegedUsers: [], repairs: [] };
    const secrets = new SecretsManagerStore(new SecretsManagerClient({ region: 'us-east-1' }));
    const claim = {
      secrets,
      secretArn: 'app',
      versionIds: [],
      config: { appUsers: undefined, takeovers: [] },
    };
    for (const order of [ways, ways.toReversed()]) {
      await login.run(`CREATE USER 'app'@'%' IDENTIFIED VIA ${order.join(' OR ')}`);
      await expect(
        engine.withPair(login.server, as('login_master'), users, (pair) =>
          judgePair(pair, current, 'a-version', claim, config),
        ),
      ).rejects.toMatchObject({
        name: 'UnsupportedAccountError',
        message: expect.stringContaining('app@%: several authentication methods') as string,
      });
      await login.dropUsers();
    }
  });
});
