import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import type { DatabaseServer } from '../../local/database/database-server';
import { cloneUser, type CloneOrder } from '../../local/clone-user';
import type { Pair } from '../../lib/databases/engine';
import { MysqlEngine } from '../../lib/databases/mysql/mysql-engine';
import { startMariadb, startPrivateMysql } from '../shapes/started-servers';

const SHARED = [['read_only', 'ON']] as const;
const SERVERS = [
  ['MySQL', startPrivateMysql, [...SHARED, ['super_read_only', 'ON'], ['offline_mode', 'ON']]],
  ['MariaDB 10.11', () => startMariadb('bookworm'), SHARED],
  ['MariaDB 11.8', () => startMariadb('trixie'), SHARED],
] as const;

describe.each(SERVERS)('on %s, whose master may write to it always,', (_product, start, guards) => {
  let server: DatabaseServer;
  let root: Connection;
  const endpoint = () => ({ host: server.host, port: server.port });
  const master = () => ({ ...server.admin, tls: 'verified' as const });
  const order = (): CloneOrder => ({
    current: 'shop',
    host: undefined,
    standby: 'shop_clone',
    password: randomUUID(),
    allowMissing: [],
    planOnly: false,
  });
  const accounts = async () => {
    const [rows] = await root.query<RowDataPacket[]>(
      "SELECT User, Host, authentication_string FROM mysql.user WHERE User LIKE 'shop%'",
    );
    return rows;
  };

  beforeAll(async () => {
    server = await start();
    root = await createConnection({
      host: server.host,
      port: server.port,
      user: server.admin.username,
      password: server.admin.password,
      ssl: { ca: readFileSync(server.caBundlePath ?? '', 'utf8'), verifyIdentity: true },
    });
    await root.query("CREATE USER 'shop'@'%' IDENTIFIED BY 'Sesame-1'");
    await root.query("GRANT SELECT ON app.* TO 'shop'@'%'");
  }, 120_000);
  afterAll(async () => {
    await root.end();
    await server.stop();
  });

  describe.each(guards)('%s = %s', (variable, value) => {
    beforeEach(async () => {
      await root.query(`SET GLOBAL ${variable} = ${value}`);
    });
    afterEach(async () => {
      if (variable === 'super_read_only') await root.query('SET GLOBAL super_read_only = OFF');
      await root.query(`SET GLOBAL ${variable === 'super_read_only' ? 'read_only' : variable} = OFF`);
    });

    it.each([true, false])('is busy before anything is written, only a plan wanted: %s', async (planOnly) => {
      const before = await accounts();
      await expect(
        cloneUser(endpoint(), master(), server.caBundlePath, { ...order(), planOnly }),
      ).rejects.toMatchObject({
        name: 'DatabaseBusyError',
        message: expect.stringMatching(
          /^nothing was written: the server is read only \((super_)?(read_only|offline_mode) = .*writer's endpoint/,
        ) as unknown,
      });
      expect(await accounts()).toEqual(before);
    });
  });

  it.each(guards.map(([variable]) => variable))(
    'the password is not given when %s comes on while the standby is built',
    async (variable) => {
      await cloneUser(endpoint(), master(), server.caBundlePath, order());
      const before = await accounts();
      const build = async (pair: Pair): Promise<unknown> => {
        await root.query(`SET GLOBAL ${variable} = ON`);
        return pair.buildStandby({
          rights: { from: 'current' },
          password: randomUUID(),
          marker: { versionId: randomUUID(), initialSetup: false, secret: undefined },
          allowMissing: [],
        });
      };
      try {
        await expect(
          new MysqlEngine(server.caBundlePath).withPair(
            endpoint(),
            master(),
            { current: 'shop', standby: 'shop_clone' },
            build,
          ),
        ).rejects.toMatchObject({ name: 'DatabaseBusyError' });
      } finally {
        await root.query(`SET GLOBAL ${variable} = OFF`);
        await root.query('SET GLOBAL read_only = OFF');
      }
      expect(await accounts()).toEqual(before);
    },
  );

  it('a server that may be written to is', async () => {
    expect(await cloneUser(endpoint(), master(), server.caBundlePath, order())).toMatchObject({
      changed: true,
    });
  });
});
