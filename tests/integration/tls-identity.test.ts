import { MysqlEngine } from '../../lib/databases/mysql/mysql-engine';
import { MysqlProbe } from '../../lib/databases/mysql/probe/mysql-probe';
import { startTlsServer, type TlsServer } from '../support/tls-server';

let server: TlsServer;

beforeAll(async () => {
  server = await startTlsServer();
}, 120_000);
afterAll(() => server.stop());

/** The session of a rotation and the probe of a preflight, to the same host. */
async function errorsAt(host: string): Promise<(string | undefined)[]> {
  const endpoint = { host, port: server.port };
  const login = { ...server.admin, tls: 'verified' } as const;
  const nameOf = (error: unknown) => (error as Error).name;
  return [
    await new MysqlEngine(server.caBundlePath).inspectSelf(endpoint, login).then(() => undefined, nameOf),
    await new MysqlProbe(server.caBundlePath)
      .withConnection(endpoint, new AbortController().signal, (connection) => connection.logIn(login))
      .then(() => undefined, nameOf),
  ];
}

const REFUSED = ['TlsVerificationError', 'TlsVerificationError'];
const ACCEPTED = [undefined, undefined];

interface Certificate {
  names: string[];
  commonName?: string;
}

describe('a session and a probe of a server by TLS', () => {
  it.each<[host: string, Certificate]>([
    ['127.0.0.1', { names: ['127.0.0.1'] }],
    ['127.0.0.1', { names: ['db.example', '10.0.0.1', '127.0.0.1'] }],
    ['::1', { names: ['::1'] }],
    ['0:0:0:0:0:0:0:1', { names: ['::1'] }],
    ['::ffff:127.0.0.1', { names: ['127.0.0.1'] }],
    ['::ffff:7f00:1', { names: ['127.0.0.1'] }],
    ['::ffff:127.0.0.1', { names: ['::ffff:7f00:1'] }],
    ['localhost', { names: ['localhost'] }],
    ['LOCALHOST', { names: ['localhost'] }],
    ['localhost', { names: ['LocalHost'] }],
    ['localhost', { names: [], commonName: 'localhost' }],
  ])('accept at %s a certificate of %j', async (host, certificate) => {
    await server.present(certificate);
    expect(await errorsAt(host)).toEqual(ACCEPTED);
  });

  it.each<[host: string, Certificate]>([
    ['127.0.0.1', { names: ['localhost'] }],
    ['127.0.0.1', { names: ['127.0.0.2'] }],
    ['127.0.0.1', { names: ['localhost', '10.0.0.1'] }],
    ['127.0.0.1', { names: [], commonName: '127.0.0.1' }],
    ['127.0.0.1', { names: [], commonName: 'localhost' }],
    ['127.0.0.1', { names: ['*.0.0.1'] }],
    ['127.0.0.1', { names: ['::1'] }],
    ['::1', { names: ['localhost'] }],
    ['::1', { names: ['127.0.0.1'] }],
    ['::ffff:127.0.0.1', { names: ['localhost'] }],
    ['::ffff:127.0.0.1', { names: ['::1', '127.0.0.2'] }],
    ['localhost', { names: ['127.0.0.1'] }],
    ['localhost', { names: ['*.localhost', '*'] }],
    ['127.1', { names: ['127.0.0.1', 'localhost'] }],
  ])('refuse at %s a certificate of %j', async (host, certificate) => {
    await server.present(certificate);
    expect(await errorsAt(host)).toEqual(REFUSED);
  });
});
