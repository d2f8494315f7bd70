import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import type { DatabaseServer } from '../../local/database/database-server';
import { MysqlEngine } from '../../lib/databases/mysql/mysql-engine';
import type { PairNames } from '../../lib/databases/engine';
import { startMariadb, startPrivateMysql } from '../shapes/started-servers';

const SERVERS = [
  ['MySQL', startPrivateMysql],
  ['MariaDB 10.11', () => startMariadb('bookworm')],
  ['MariaDB 11.8', () => startMariadb('trixie')],
] as const;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const PAIR: PairNames = { current: "shop's", standby: "shop's_clone" };
const SWAPPED: PairNames = { current: PAIR.standby, standby: PAIR.current };

describe.each(SERVERS)('the lock on a pair, on %s,', (_product, start) => {
  let server: DatabaseServer;
  let root: Connection;
  const open: Connection[] = [];

  const connect = async (user: string, password: string): Promise<Connection> => {
    const connection = await createConnection({
      host: server.host,
      port: server.port,
      user,
      password,
      ssl: { ca: readFileSync(server.caBundlePath ?? '', 'utf8'), verifyIdentity: true },
    });
    open.push(connection);
    return connection;
  };
  const makeUser = async (
    name: string,
    ...grants: string[]
  ): Promise<{ username: string; password: string }> => {
    const password = randomUUID();
    await root.query(`CREATE USER '${name}'@'%' IDENTIFIED BY '${password}'`);
    for (const grant of grants) await root.query(`${grant} TO '${name}'@'%'`);
    return { username: name, password };
  };
  const makeMaster = (name: string, ...more: string[]) =>
    makeUser(name, 'GRANT CREATE USER ON *.*', 'GRANT SELECT ON mysql.*', ...more);
  const withPair = <Result>(
    master: { username: string; password: string },
    users: PairNames,
    use: () => Promise<Result>,
  ): Promise<Result> =>
    new MysqlEngine(server.caBundlePath).withPair(
      { host: server.host, port: server.port },
      { ...master, tls: 'verified' },
      users,
      use,
    );
  const attempt = (master: { username: string; password: string }, users: PairNames) =>
    withPair(master, users, () => Promise.resolve('had')).catch((error: unknown) => error);

  beforeAll(async () => {
    server = await start();
    root = await connect(server.admin.username, server.admin.password);
  }, 120_000);
  afterAll(async () => {
    for (const connection of open) await connection.end();
    await server.stop();
  });

  it('is not stopped by a user without any right that takes every name it can compute', async () => {
    const attacker = await makeUser('attacker');
    const master = await makeMaster('master_1');
    const session = await connect(attacker.username, attacker.password);
    const [[public_]] = await session.query<RowDataPacket[]>(
      'SELECT CURRENT_USER() AS self, VERSION() AS version, @@hostname AS host',
    );
    const digest = sha256(JSON.stringify([PAIR.current, PAIR.standby].sort()));
    const secrets = [
      '',
      '0-0',
      '0',
      'NULL',
      master.username,
      String(public_?.['host']),
      String(public_?.['version']),
    ];
    const names = [
      `stepwise-rotation:${digest.slice(0, 40)}`,
      ...secrets.map((secret) => `stepwise-rotation:${sha256(digest + secret).slice(0, 40)}`),
      ...secrets.map((secret) => `stepwise-rotation:${sha256(secret + digest).slice(0, 40)}`),
    ];
    for (const name of names) {
      const [[row]] = await session.query<RowDataPacket[]>('SELECT GET_LOCK(?, 0) AS held', [name]);
      expect(row?.['held']).toBe(1);
    }

    expect(await attempt(master, PAIR)).toBe('had');
    expect(await attempt(master, SWAPPED)).toBe('had');
  });

  it('cannot be computed from the hash of an account of the pair', async () => {
    const [[before]] = await root.query<RowDataPacket[]>('SELECT 1');
    expect(before).toBeDefined();
    const master = await makeMaster('master_2');
    await makeUser(PAIR.current.replace("'", "''"), 'GRANT CREATE USER ON *.*');
    const name = await heldName(master, PAIR);
    await root.query(`ALTER USER 'shop''s'@'%' IDENTIFIED BY '${randomUUID()}'`);
    expect(await heldName(master, PAIR)).toBe(name);
    await root.query("DROP USER 'shop''s'@'%'");
    expect(await heldName(master, SWAPPED)).toBe(name);
    await root.query(`ALTER USER 'master_2'@'%' IDENTIFIED BY '${master.password}-2'`);
    expect(await heldName({ ...master, password: `${master.password}-2` }, PAIR)).not.toBe(name);
  });

  /** What the lock is called while it is held: the statement says it, and is run by somebody who may see hashes. */
  async function heldName(master: { username: string; password: string }, users: PairNames): Promise<string> {
    return withPair(master, users, async () => {
      const taken = await namesInUse();
      expect(taken).toHaveLength(1);
      return taken[0] ?? '';
    });
  }
  async function namesInUse(): Promise<string[]> {
    if (server.product === 'MySQL') {
      const [rows] = await root.query<RowDataPacket[]>(
        "SELECT OBJECT_NAME AS name FROM performance_schema.metadata_locks WHERE OBJECT_TYPE = 'USER LEVEL LOCK' AND OBJECT_NAME LIKE 'stepwise%' AND OWNER_THREAD_ID IN (SELECT THREAD_ID FROM performance_schema.threads WHERE PROCESSLIST_USER <> 'attacker')",
      );
      return rows.map((row) => String(row['name']));
    }
    await root.query("INSTALL SONAME 'metadata_lock_info'").catch(() => undefined);
    const [rows] = await root.query<RowDataPacket[]>(
      "SELECT m.TABLE_SCHEMA AS name FROM information_schema.METADATA_LOCK_INFO m JOIN information_schema.PROCESSLIST p ON p.ID = m.THREAD_ID WHERE m.LOCK_TYPE = 'User lock' AND p.USER <> 'attacker'",
    );
    return rows.map((row) => String(row['name']));
  }

  it.each<[name: string, users: PairNames]>([
    ['the same order', PAIR],
    ['the other order', SWAPPED],
  ])('excludes a second session of the same master in %s', async (name, users) => {
    const master = await makeMaster(`master_3_${name.length}`);
    await withPair(master, PAIR, async () => {
      expect(await attempt(master, users)).toMatchObject({
        name: 'DatabaseBusyError',
        message: expect.stringMatching(
          /^another rotation is at work on .*: it holds their lock in session \d+, from /,
        ) as unknown,
      });
    });
    expect(await attempt(master, users)).toBe('had');
  });

  it('excludes a session of another master, whose connection it names', async () => {
    const one = await makeMaster('master_4');
    const other = await makeMaster('master_5');
    const seeing = await makeMaster('master_6', 'GRANT PROCESS ON *.*');
    await withPair(one, PAIR, async () => {
      expect(await attempt(other, SWAPPED)).toMatchObject({
        name: 'DatabaseBusyError',
        message: expect.stringMatching(
          /^session (\d+) holds the lock on .*the master may not see.*can end it with KILL \1$/,
        ) as unknown,
      });
      expect(await attempt(seeing, PAIR)).toMatchObject({
        name: 'DatabaseBusyError',
        message: expect.stringMatching(
          /^session (\d+) of master_4 from \S+ holds the lock on .*can end it with KILL \1$/,
        ) as unknown,
      });
    });
  });

  it('lets pairs that share no user, or one user, be worked on at once', async () => {
    const master = await makeMaster('master_7');
    await withPair(master, PAIR, async () => {
      expect(await attempt(master, { current: 'a', standby: 'b' })).toBe('had');
      expect(await attempt(master, { current: PAIR.current, standby: 'b' })).toBe('had');
    });
  });
});
