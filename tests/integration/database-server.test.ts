import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { makeAuthority } from '../../local/database/certificates';
import {
  startDatabaseServer,
  type DatabaseServer,
  type DatabaseServerAddress,
} from '../../local/database/database-server';
import { until } from './lab-process';

const ENTRY = resolve(__dirname, '../../local/database/database-server.ts');
const givenUrl = process.env['ROTATION_MYSQL_URL'];

interface Login {
  host?: string;
  user?: string;
  password?: string;
  ca?: string;
}

async function connected<T>(
  server: DatabaseServerAddress,
  use: (connection: Connection) => Promise<T>,
  login: Login = {},
): Promise<T> {
  const connection = await createConnection({
    host: login.host ?? server.host,
    port: server.port,
    user: login.user ?? server.admin.username,
    password: login.password ?? server.admin.password,
    ssl: { ca: login.ca ?? authorityOf(server), verifyIdentity: true },
  });
  try {
    return await use(connection);
  } finally {
    await connection.end();
  }
}

function authorityOf({ caBundlePath }: DatabaseServerAddress): string {
  return readFileSync(caBundlePath ?? '', 'utf8');
}

async function firstRow(connection: Connection, sql: string): Promise<RowDataPacket | undefined> {
  const [rows] = await connection.query<RowDataPacket[]>(sql);
  return rows[0];
}

async function processIdOf(server: DatabaseServerAddress): Promise<number> {
  const row = await connected(server, (connection) => firstRow(connection, 'SELECT @@pid_file AS path'));
  return Number(readFileSync(String(row?.['path']), 'utf8'));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

let server: DatabaseServer;

beforeAll(async () => {
  delete process.env['ROTATION_MYSQL_URL'];
  server = await startDatabaseServer();
});

afterAll(async () => {
  if (givenUrl !== undefined) process.env['ROTATION_MYSQL_URL'] = givenUrl;
  await server.stop();
});

describe('a private database server', () => {
  it.each(['127.0.0.1', 'localhost'])('proves to be %s by its own authority', async (host) => {
    const sql = "SHOW STATUS LIKE 'Ssl_version'";
    const row = await connected(server, (connection) => firstRow(connection, sql), { host });
    expect(row?.['Value']).toBe('TLSv1.3');
  });

  it('is refused by who trusts another authority only', async () => {
    const { certificatePem } = await makeAuthority();
    await expect(connected(server, () => Promise.resolve(), { ca: certificatePem })).rejects.toThrow(
      /certificate/,
    );
  });

  it('lets nobody in without a password', async () => {
    for (const user of ['root', 'nobody']) {
      const login = connected(server, () => Promise.resolve(), { user, password: '' });
      await expect(login).rejects.toThrow(/Access denied/);
    }
  });

  it('lets a user of any host in', async () => {
    const login = { user: 'visitor', password: 'sesame' };
    await connected(server, (admin) => admin.query("CREATE USER 'visitor'@'%' IDENTIFIED BY 'sesame'"));
    const sql = 'SELECT CURRENT_USER() AS account';
    const row = await connected(server, (connection) => firstRow(connection, sql), login);
    await connected(server, (admin) => admin.query("DROP USER 'visitor'@'%'"));
    expect(row?.['account']).toBe('visitor@%');
  });

  it('holds no database but its own', async () => {
    const [rows] = await connected(server, (admin) => admin.query<RowDataPacket[]>('SHOW DATABASES'));
    expect(rows.map((row) => String(row['Database'])).toSorted()).toEqual([
      'information_schema',
      'mysql',
      'performance_schema',
      'sys',
    ]);
  });

  it('can be used by its address, and outlives that use', async () => {
    const { username, password } = server.admin;
    const where = `${server.host}:${server.port}?ca=${server.caBundlePath ?? ''}`;
    process.env['ROTATION_MYSQL_URL'] = `mysql://${username}:${password}@${where}`;
    try {
      const borrowed = await startDatabaseServer();
      expect(JSON.parse(JSON.stringify(borrowed))).toEqual(JSON.parse(JSON.stringify(server)));
      await borrowed.stop();
    } finally {
      delete process.env['ROTATION_MYSQL_URL'];
    }
    expect(isAlive(await processIdOf(server))).toBe(true);
  });

  it('leaves no process and no file when it is stopped, however often', async () => {
    const other = await startDatabaseServer();
    const pid = await processIdOf(other);
    await Promise.all([other.stop(), other.stop()]);
    await other.stop();
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(dirname(other.caBundlePath ?? ''))).toBe(false);
  });

  it('stops all the same when its process died before', async () => {
    const other = await startDatabaseServer();
    process.kill(await processIdOf(other), 'SIGKILL');
    await other.stop();
    expect(existsSync(dirname(other.caBundlePath ?? ''))).toBe(false);
  });
});

describe('the program that started a private server', () => {
  const program = `
    require(${JSON.stringify(ENTRY)}).startDatabaseServer().then((server) => {
      process.on('SIGINT', () => server.stop().then(() => process.exit(7)));
      console.log(JSON.stringify(server));
      setInterval(() => undefined, 1000);
    });`;

  it.each([
    { title: 'stops it on Ctrl-C at the terminal', signal: 'SIGINT', code: 7 },
    { title: 'need not stop it: killed, it leaves nothing either', signal: 'SIGKILL', code: null },
  ])('$title', async ({ signal, code }) => {
    const child = spawn(process.execPath, ['--import', 'tsx', '--eval', program], {
      env: { ...process.env }, // jest keeps an environment of its own, from which the given URL was deleted
      detached: true, // a process group of its own, as a shell gives to a command
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const address = JSON.parse(line.toString()) as DatabaseServerAddress;
    const pid = await processIdOf(address);
    const exit = once(child, 'exit');
    process.kill(-(child.pid ?? Number.NaN), signal); // Ctrl-C goes to the whole group
    expect((await exit)[0]).toBe(code);
    const folder = dirname(address.caBundlePath ?? '');
    // A killed program cannot wait; what was around its server needs a moment.
    await until(() => Promise.resolve(!isAlive(pid) && !existsSync(folder)));
  });
});
