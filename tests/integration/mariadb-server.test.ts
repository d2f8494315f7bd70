import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { makeAuthority } from '../../local/database/certificates';
import type { DatabaseServer, DatabaseServerAddress } from '../../local/database/database-server';
import { startMariadbServer } from '../../local/database/mariadb-server';
import { until } from './lab-process';

const ENTRY = resolve(__dirname, '../../local/database/mariadb-server.ts');
const VISITOR = { user: 'visitor', password: 'sesame' };

interface Login {
  host?: string;
  user?: string;
  password?: string;
  ca?: string;
}

/** What the server answers to one statement, to its administrator unless `login` says otherwise. */
async function ask(server: DatabaseServerAddress, sql: string, login: Login = {}): Promise<RowDataPacket[]> {
  const { ca = readFileSync(server.caBundlePath ?? '', 'utf8'), ...visitor } = login;
  const { username: user, password } = server.admin;
  const ssl = { ca, verifyIdentity: true };
  const connection = await createConnection({
    host: server.host,
    port: server.port,
    user,
    password,
    ssl,
    ...visitor,
  });
  try {
    return (await connection.query<RowDataPacket[]>(sql))[0];
  } finally {
    await connection.end();
  }
}

async function processIdOf(server: DatabaseServerAddress): Promise<number> {
  const [row] = await ask(server, 'SELECT @@pid_file AS path');
  return Number(readFileSync(String(row?.['path']), 'utf8'));
}

/** A killed program cannot wait; what was around its server needs a moment. */
function vanished(pid: number, server: DatabaseServerAddress): Promise<void> {
  const places = [`/proc/${pid}`, dirname(server.caBundlePath ?? '')];
  return until(() => Promise.resolve(!places.some((place) => existsSync(place))));
}

describe.each([
  { suite: 'bookworm', series: '10.11' },
  { suite: 'trixie', series: '11.8' },
] as const)('a private MariaDB $series', ({ suite, series }) => {
  let server: DatabaseServer;

  beforeAll(async () => {
    server = await startMariadbServer({ suite });
  });
  afterAll(() => server.stop());

  it('is the version that it says', async () => {
    const [row] = await ask(server, 'SELECT VERSION() AS version');
    expect(server.product).toBe('MariaDB');
    expect(server.version).toMatch(new RegExp(String.raw`^${series.replace('.', String.raw`\.`)}\.\d+$`));
    expect(row?.['version']).toMatch(`${server.version}-MariaDB`);
  });

  it.each(['127.0.0.1', 'localhost'])('proves to be %s by its own authority', async (host) => {
    const [row] = await ask(server, "SHOW STATUS LIKE 'Ssl_version'", { host });
    expect(row?.['Value']).toBe('TLSv1.3');
  });

  it('is refused by who trusts another authority only', async () => {
    const { certificatePem } = await makeAuthority();
    await expect(ask(server, 'DO 0', { ca: certificatePem })).rejects.toThrow(/certificate/);
  });

  it.each(['root', 'nobody'])('lets %s in with a password only', async (user) => {
    await expect(ask(server, 'DO 0', { user, password: '' })).rejects.toThrow(/Access denied/);
  });

  it('holds no account and no database but its own', async () => {
    const users = await ask(server, "SELECT CONCAT(User, '@', Host) AS account FROM mysql.user ORDER BY 1");
    const databases = await ask(server, 'SHOW DATABASES');
    expect(users.map((row) => String(row['account']))).toEqual(['mariadb.sys@localhost', 'root@%']);
    expect(databases.map((row) => String(row['Database'])).toSorted()).toEqual([
      'information_schema',
      'mysql',
      'performance_schema',
      'sys',
    ]);
  });

  it('lets a user of any host in, whom its administrator may give every right', async () => {
    await ask(server, `CREATE USER 'visitor'@'%' IDENTIFIED BY '${VISITOR.password}'`);
    try {
      await ask(server, "GRANT ALL PRIVILEGES ON *.* TO 'visitor'@'%' WITH GRANT OPTION");
      await ask(server, "GRANT PROXY ON ''@'%' TO 'visitor'@'%'");
      const [row] = await ask(server, 'SELECT CURRENT_USER() AS account', VISITOR);
      expect(row?.['account']).toBe('visitor@%');
    } finally {
      await ask(server, "DROP USER 'visitor'@'%'");
    }
  });

  it('has the authentication plugins of its release', async () => {
    for (const plugin of suite === 'trixie' ? ['ed25519', 'parsec'] : ['ed25519']) {
      await ask(server, `INSTALL SONAME 'auth_${plugin}'`);
      await ask(server, `CREATE USER 'modern'@'%' IDENTIFIED VIA ${plugin} USING PASSWORD('sesame')`);
      await ask(server, "DROP USER 'modern'@'%'");
      await ask(server, `UNINSTALL SONAME 'auth_${plugin}'`);
    }
  });

  it('records the statements that it is given', async () => {
    const [row] = await ask(server, 'SELECT @@performance_schema AS recording');
    expect(row?.['recording']).toBe(1);
  });

  it('leaves no process and no file when it is stopped, however often', async () => {
    const other = await startMariadbServer({ suite });
    const pid = await processIdOf(other);
    expect(other.port).not.toBe(server.port);
    await Promise.all([other.stop(), other.stop()]);
    await other.stop();
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    expect(existsSync(dirname(other.caBundlePath ?? ''))).toBe(false);
  });

  it('leaves nothing either when the program that started it is killed', async () => {
    const program = `
      require(${JSON.stringify(ENTRY)}).startMariadbServer({ suite: '${suite}' }).then((server) => {
        console.log(JSON.stringify(server));
        setInterval(() => undefined, 1000);
      });`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const address = JSON.parse(line.toString()) as DatabaseServerAddress;
    const pid = await processIdOf(address);
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    child.kill('SIGKILL');
    await vanished(pid, address);
  });
});
