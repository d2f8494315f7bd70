import { LOGIN_SERVERS, LoginServer, START_TIMEOUT_MS, type LoginCase } from '../support/login-server';

const FIRST_USER = { from: 'database', database: 'shop' } as const;
const TLS_REQUIRED = {
  before: ['SET GLOBAL require_secure_transport = ON'],
  after: ['SET GLOBAL require_secure_transport = OFF'],
};

describe.each(LOGIN_SERVERS)('a login of TestSecret on $name', ({ product, start }) => {
  let login: LoginServer;

  beforeAll(async () => {
    login = await LoginServer.start(start);
  }, START_TIMEOUT_MS);
  afterAll(() => login.stop());
  afterEach(() => login.dropUsers());

  const here = product === 'MySQL' ? 'localhost' : '127.0.0.1';
  const anonymous = (host: string) => [`CREATE USER ''@'${host}' IDENTIFIED BY 'x-Other-1'`];

  it.each<[string, LoginCase]>([
    ['a user with nothing special', {}],
    ['REQUIRE SSL and TLS', { options: 'REQUIRE SSL' }],
    ['REQUIRE SSL and TLS if offered', { options: 'REQUIRE SSL', tls: 'verified-if-offered' }],
    ['plaintext', { tls: 'off' }],
    ['a server that requires TLS, and TLS', TLS_REQUIRED],
    ['an account here among others', { hosts: ['10.1.2.3', '127.0.0.0/255.255.255.0', here] }],
    ['an account in this network', { hosts: ['10.1.2.3', '127.0.0.0/255.255.255.0'] }],
    ['an account by pattern', { hosts: ['1%', '_o%'] }],
    ['an anonymous user everywhere', { before: anonymous('%') }],
    ['an anonymous user here, beside an own account here', { hosts: ['%', here], before: anonymous(here) }],
    ['limits that leave enough', { options: 'WITH MAX_QUERIES_PER_HOUR 10 MAX_CONNECTIONS_PER_HOUR 2' }],
    ['a first user', { rights: FIRST_USER }],
    ['a first user on a server that requires TLS', { ...TLS_REQUIRED, rights: FIRST_USER }],
  ])('is foreseen to be accepted, and is: %s', async (_what, made) => {
    expect(await login.foresee(made)).toMatchObject({ about: undefined, logsIn: true });
  });

  const cipher = product === 'MySQL' ? 'account' : 'encryption';

  it.each<[string, string, LoginCase]>([
    ['REQUIRE SSL and plaintext', 'encryption', { options: 'REQUIRE SSL', tls: 'off' }],
    ['a certificate', 'account', { options: 'REQUIRE X509' }],
    ['a certificate and plaintext', 'account', { options: 'REQUIRE X509', tls: 'off' }],
    ['an issuer', 'account', { options: "REQUIRE ISSUER '/CN=it'" }],
    ['an issuer and a subject', 'account', { options: "REQUIRE ISSUER '/a' AND SUBJECT '/b'" }],
    ['another cipher', cipher, { options: "REQUIRE CIPHER 'X-Y'" }],
    ['a server that requires TLS', 'encryption', { ...TLS_REQUIRED, tls: 'off' }],
    ['a first user there', 'encryption', { ...TLS_REQUIRED, tls: 'off', rights: FIRST_USER }],
    ['accounts elsewhere', 'address', { hosts: ['10.1.2.3', '%.example.com'] }],
    ['an account in another network', 'address', { hosts: ['127.1.0.0/255.255.0.0'] }],
    ['an account in a network without a mask', 'address', { hosts: ['0.0.0.0/0.0.0.0'] }],
    ['an anonymous user here', 'account', { before: anonymous(here) }],
    ['one before patterns', 'account', { hosts: ['127.%', 'local%'], before: anonymous(here) }],
    ['one before a first user', 'account', { before: anonymous(here), rights: FIRST_USER }],
    ['one query per hour', 'account', { options: 'WITH MAX_QUERIES_PER_HOUR 1' }],
  ])('is foreseen to be refused, and is: %s', async (_what, about, made) => {
    expect(await login.foresee(made)).toMatchObject({ about, logsIn: false });
  });

  it('is foreseen to use up MAX_CONNECTIONS_PER_HOUR 1, and an application is refused after it', async () => {
    const found = await login.foresee({ options: 'WITH MAX_CONNECTIONS_PER_HOUR 1' });

    expect(found).toMatchObject({ about: 'account', logsIn: true });
    await expect(login.connect(found.users.standby)).rejects.toMatchObject({ errno: 1226 });
  });

  const onMariadb = product === 'MariaDB' ? it : it.failing;

  onMariadb('is foreseen to be accepted with REQUIRE CIPHER of the cipher in use, and is', async () => {
    const [status] = await login.rows<{ Value: string }>("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
    const found = await login.foresee({ options: `REQUIRE CIPHER '${status?.Value ?? ''}'` });
    expect(found).toMatchObject({ about: undefined, logsIn: true });
  });

  onMariadb('is foreseen to be refused with MAX_USER_CONNECTIONS -1, and is', async () => {
    const found = await login.foresee({ options: 'WITH MAX_USER_CONNECTIONS -1' });
    expect(found).toMatchObject({ about: 'account', logsIn: false });
  });

  onMariadb('is foreseen to be refused for a host name where no names are resolved, and is', async () => {
    expect(await login.foresee({ hosts: ['localhost'] })).toMatchObject({ about: 'address', logsIn: false });
  });
});
