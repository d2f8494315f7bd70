import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createConnection, type Connection } from 'mysql2/promise';
import type { DatabaseServer } from '../../local/database/database-server';
import { withSession, type Session } from '../../lib/databases/mysql/connection/session';
import { statement } from '../../lib/databases/mysql/connection/statement';
import { startMariadb, startPrivateMysql } from '../shapes/started-servers';

const SERVERS = [
  ['MySQL', startPrivateMysql],
  ['MariaDB 10.11', () => startMariadb('bookworm')],
  ['MariaDB 11.8', () => startMariadb('trixie')],
] as const;

/** Nothing of this process runs meanwhile, as when hashes are computed or a Lambda is frozen. */
function stopEverything(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

const idle = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.each(SERVERS)('a session that %s lost', (_product, start) => {
  let server: DatabaseServer;
  let root: Connection;

  beforeAll(async () => {
    server = await start();
    root = await createConnection({
      host: server.host,
      port: server.port,
      user: server.admin.username,
      password: server.admin.password,
      ssl: { ca: readFileSync(server.caBundlePath ?? '', 'utf8'), verifyIdentity: true },
    });
  });
  afterAll(async () => {
    await root.end();
    await server.stop();
  });

  const inSession = (use: (session: Session) => Promise<unknown>, port = server.port): Promise<unknown> =>
    withSession(
      { host: server.host, port },
      { ...server.admin, tls: 'verified' },
      'master',
      server.caBundlePath,
      use,
    ).then(
      () => undefined,
      (error: unknown) => error,
    );
  const expectUnavailable = (error: unknown) => {
    expect(error).toMatchObject({ name: 'DatabaseUnavailableError', retried: true });
    expect((error as Error).message).toMatch(/^looking: /);
  };
  const look = (session: Session) => session.rows('looking', 'SELECT 1');
  const idOf = async (session: Session): Promise<number> => {
    const [row] = await session.rows<{ id: number }>('asking', 'SELECT CONNECTION_ID() AS id');
    return Number(row?.id);
  };
  const shortLease = statement('shortening', 'SET SESSION wait_timeout = 1');

  it('when its lease was over is named in the next statement', async () => {
    expectUnavailable(
      await inSession(async (session) => {
        await session.run(shortLease);
        await idle(2_000);
        await look(session);
      }),
    );
  });

  it('when its lease was over while nothing else ran is named in the next statement', async () => {
    expectUnavailable(
      await inSession(async (session) => {
        await session.run(shortLease);
        stopEverything(2_000);
        await look(session);
      }),
    );
  });

  it('when its lease was over is named by every later statement too', async () => {
    const errors: unknown[] = [];
    await inSession(async (session) => {
      await session.run(shortLease);
      await idle(2_000);
      for (let time = 0; time < 3; time += 1) {
        errors.push(await look(session).catch((error: unknown) => error));
        errors.push(
          await session.attempt(statement('looking', 'DO 0'), [1146]).catch((error: unknown) => error),
        );
      }
    });
    for (const error of errors) expectUnavailable(error);
    expect(errors).toHaveLength(6);
  });

  it.each(['KILL', 'KILL CONNECTION'])('by %s while it was silent is named', async (kill) => {
    expectUnavailable(
      await inSession(async (session) => {
        await root.query(`${kill} ${await idOf(session)}`);
        await idle(200);
        await look(session);
      }),
    );
  });

  it('by KILL while nothing else ran is named', async () => {
    expectUnavailable(
      await inSession(async (session) => {
        await root.query(`KILL ${await idOf(session)}`);
        stopEverything(200);
        await look(session);
      }),
    );
  });

  it('by KILL while it was asking is tried again', async () => {
    const error = await inSession(async (session) => {
      const id = await idOf(session);
      const asked = session.rows('looking', 'SELECT SLEEP(20) FROM information_schema.CHARACTER_SETS');
      // The session can be lost before KILL has its own answer.
      asked.catch(() => undefined);
      await idle(200);
      await root.query(`KILL ${id}`);
      await asked;
    });
    expect(error).toMatchObject({ retried: true });
    expect((error as Error).name).toMatch(/^Database(Unavailable|Busy)Error$/);
  });

  describe('on the way', () => {
    let sockets: Socket[] = [];
    let listener: ReturnType<typeof createServer>;
    beforeEach(async () => {
      sockets = [];
      listener = createServer((client) => {
        const upstream = connect(server.port, server.host);
        for (const socket of [client, upstream]) {
          sockets.push(socket.on('error', () => socket.destroy()));
        }
        client.pipe(upstream).pipe(client);
      });
      listener.listen(0, '127.0.0.1');
      await once(listener, 'listening');
    });
    afterEach(async () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    });
    const portOf = () => (listener.address() as AddressInfo).port;

    it.each<[how: string, end: (client: Socket) => unknown]>([
      ['a reset', (client) => client.resetAndDestroy()],
      ['an end', (client) => client.end()],
      ['bytes that are not TLS', (client) => client.write(Buffer.alloc(300, 0x55))],
      [
        'bytes that are not TLS, and a reset',
        (client) => {
          client.write(Buffer.alloc(300, 0x55));
          client.resetAndDestroy();
        },
      ],
    ])('by %s while it was silent is named', async (_how, end) => {
      expectUnavailable(
        await inSession(async (session) => {
          await idOf(session);
          end(sockets[0] as Socket);
          await idle(200);
          await look(session);
        }, portOf()),
      );
    });

    it('by a reset while nothing else ran is named', async () => {
      expectUnavailable(
        await inSession(async (session) => {
          await idOf(session);
          setTimeout(() => sockets[0]?.resetAndDestroy(), 0);
          await look(session);
          await look(session);
        }, portOf()),
      );
    });

    it('by a reset after the last statement is no failure', async () => {
      const error = await inSession(async (session) => {
        await look(session);
        sockets[0]?.resetAndDestroy();
        await idle(200);
      }, portOf());
      expect(error).toBeUndefined();
    });
  });
});
