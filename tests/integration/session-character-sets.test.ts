import { withSession } from '../../lib/databases/mysql/connection/session';
import { MysqlEngine, readPair } from '../../lib/databases/mysql/mysql-engine';
import { cloneUser } from '../../local/clone-user';
import type { DatabaseServer } from '../../local/database/database-server';
import { LeastMaster } from '../support/least-master';
import { SESSION_SERVERS } from '../support/session-servers';

const DATABASE = 'größe';

/** The last bytes of these, in UTF-8, are the first half of a character in one set or another. */
const BEFORE_A_QUOTE = ['', '¿', 'é', 'Ā', '中', '聥', 'ソ', '表', '한', '龥', '¿\u00a0'];

/** Each would read every account of the server if its quote ended the text. */
const attacks: readonly string[] = [
  ...BEFORE_A_QUOTE.flatMap((before) => [
    `${before}' OR 1=1 -- x`,
    `${before}\\' OR 1=1 -- x`,
    `${before}\` OR 1=1 -- x`,
  ]),
  "¿' OR User LIKE '%",
  '中\\',
];

describe.each(SESSION_SERVERS)('%s with clients of another character set', (_, start) => {
  let started: DatabaseServer;
  let master: LeastMaster;
  let multiByte: string[];

  beforeAll(async () => {
    started = await start();
    master = await LeastMaster.on(started, [DATABASE]);
    const rows = await master.admin.rows('SHOW CHARACTER SET WHERE Maxlen > 1');
    // Those that no client may use.
    const impossible = /^(ucs2|utf16|utf16le|utf32)$/;
    multiByte = rows.map(({ Charset: name }) => String(name)).filter((name) => !impossible.test(name));
  });

  afterAll(async () => {
    await master.close();
    await started.stop();
  });

  /** Each way in which a server decides about a client's character set, for each set. */
  async function inEverySet(act: (where: string) => Promise<void>): Promise<void> {
    for (const set of [...multiByte, 'latin1', 'swe7', 'binary']) {
      await master.run(`SET GLOBAL init_connect = 'SET NAMES ${set}'`);
      await act(`init_connect with ${set}`);
      await master.run("SET GLOBAL init_connect = ''");
      if (started.product === 'MySQL') continue;
      const variables = ['character_set_client', 'character_set_connection', 'character_set_results'];
      await master.run(`SET GLOBAL ${variables.map((name) => `${name} = ${set}`).join(', GLOBAL ')}`);
      await act(`the server's ${set}`);
      await master.run(`SET GLOBAL ${variables.map((name) => `${name} = utf8mb4`).join(', GLOBAL ')}`);
    }
  }

  it('finds no account for a user name that would end its own text', async () => {
    expect(multiByte).toEqual(
      expect.arrayContaining(['gbk', 'big5', 'sjis', 'cp932', 'ujis', 'euckr', 'gb2312']),
    );
    const found: string[] = [];
    await inEverySet(async (where) => {
      await withSession(started, master.login, 'master', started.caBundlePath, async (session) => {
        for (const name of attacks) {
          const accounts = await readPair(session, { current: name, standby: `${name}2` }).then(
            ({ current, standby }) => [...current.accounts.keys(), ...standby.accounts.keys()],
            (error: unknown) => [String(error)],
          );
          if (accounts.length > 0) found.push(`${where}: ${name}: ${accounts.join(', ')}`);
        }
      });
    });
    expect(found).toEqual([]);
  });

  it('mirrors rights on a database and for a user beyond ASCII', async () => {
    const different: string[] = [];
    await inEverySet(async (where) => {
      const [current, standby] = ["jürgen'中\\", "jürgen'中\\_clone"] as const;
      const account = `\`${current}\`@\`%\``;
      await master.run(
        `CREATE USER ${account} IDENTIFIED BY 'Of-the-application-0123456789012'`,
        `GRANT SELECT, INSERT ON \`${DATABASE}\`.* TO ${account}`,
      );
      const password = 'Pending-0123456789-0123456789012';
      const order = { current, standby, password, host: undefined, allowMissing: [], planOnly: false };
      const report = await cloneUser(started, master.login, started.caBundlePath, order);
      const [wanted, actual] = [await master.grantsOf(current), await master.grantsOf(standby)];
      if (JSON.stringify(wanted) !== JSON.stringify(actual)) different.push(`${where}: ${actual.join('; ')}`);
      if (!wanted.some((text) => text.includes(`\`${DATABASE}\``)))
        different.push(`${where}: the test itself`);
      expect(report.skipped).toEqual([]);
      await master.run(`DROP USER ${account}, \`${standby}\`@\`%\``);
    });
    expect(different).toEqual([]);
  });

  it('lets a pending user see the same rights as the master saw', async () => {
    const different: string[] = [];
    await inEverySet(async (where) => {
      await master.run(
        "CREATE USER plain IDENTIFIED BY 'Of-the-application-0123456789012'",
        `GRANT SELECT ON \`${DATABASE}\`.* TO plain`,
      );
      const [standby, password] = ['plain_clone', 'Pending-0123456789-0123456789012'];
      const order = {
        current: 'plain',
        standby,
        password,
        host: undefined,
        allowMissing: [],
        planOnly: false,
      };
      const { rightsDigests } = await cloneUser(started, master.login, started.caBundlePath, order);
      const engine = new MysqlEngine(started.caBundlePath);
      const self = await engine.inspectSelf(started, { username: standby, password, tls: 'verified' });
      if (self.rightsDigest !== rightsDigests['%']) different.push(where);
      await master.run('DROP USER plain, plain_clone');
    });
    expect(different).toEqual([]);
  });
});
