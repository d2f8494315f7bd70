import { GrantNotPossibleError } from '../../lib/errors';
import type { DatabaseServer } from '../../local/database/database-server';
import { BASE, insufficientRights, leastRights, type LeastRights } from '../shapes/least-rights';
import { RightsProbe } from '../shapes/rights-probe';
import { ShapeServer } from '../shapes/shape-server';
import { startMariadb } from '../shapes/started-servers';
import { server as address } from '../support/database';

/** For the names of cases only: the statements are known when a server runs. */
const NO_FIXTURE = {
  prefix: '',
  database: '',
  oddDatabase: '',
  roles: ['', '', ''],
  oddRole: '',
  proxied: '',
  otherProxied: '',
} as const;

describe.each([
  ['MySQL', undefined],
  ['MariaDB', 'bookworm'],
  ['MariaDB', 'trixie'],
] as const)('%s %s: a master with exactly the rights it needs', (product, suite) => {
  let started: DatabaseServer | undefined;
  let server: ShapeServer;
  let probe: RightsProbe;

  beforeAll(async () => {
    started = suite === undefined ? undefined : await startMariadb(suite);
    server = await ShapeServer.open(started ?? address);
  });

  afterAll(async () => {
    await server.close();
    await started?.stop();
  });

  beforeEach(async () => {
    probe = new RightsProbe(server);
    await probe.make();
    await probe.give(BASE);
  });

  afterEach(async () => {
    await probe.drop();
  });

  it('needs no more for options', async () => {
    const mysql = "FAILED_LOGIN_ATTEMPTS 3 PASSWORD_LOCK_TIME 1 PASSWORD HISTORY 2 COMMENT 'c'";
    await probe.give([
      `ALTER USER @USER REQUIRE SSL WITH MAX_USER_CONNECTIONS 9 PASSWORD EXPIRE NEVER ${product === 'MySQL' ? mysql : ''}`,
    ]);
    await probe.clone();
    expect(await probe.differences()).toEqual([]);
  });

  const fitting = <Case extends Pick<LeastRights, 'on'>>(all: readonly Case[]) =>
    all.map((one, index) => ({ ...one, index })).filter(({ on }) => on === undefined || on === product);

  it.each(fitting(insufficientRights(NO_FIXTURE)))(
    'is refused before any change: $name',
    async ({ index }) => {
      const { user = [], master = [] } = insufficientRights(server.fixture)[index] ?? {};
      await probe.give([...user, ...master]);
      const before = await probe.state();
      await expect(probe.clone()).rejects.toThrow(GrantNotPossibleError);
      expect(await probe.state()).toBe(before);
    },
  );

  describe.each(fitting(leastRights(NO_FIXTURE)))('$name', ({ index, master }) => {
    const found = (): LeastRights => leastRights(server.fixture)[index] as LeastRights;

    it('is given', async () => {
      await probe.give([...found().user, ...found().master]);
      await probe.clone();
      expect(await probe.differences()).toEqual([]);
      expect((await probe.clone()).skipped).toEqual([]);
    });

    it('is taken away', async () => {
      await probe.give(["CREATE USER @STANDBY IDENTIFIED BY 'Standby-0123456789'", ...found().master]);
      await probe.give(found().user.map((sql) => sql.replaceAll('@USER', '@STANDBY')));
      await probe.clone();
      expect(await probe.differences()).toEqual([]);
    });

    it.each(master.map((_, lacking) => lacking))(
      'is refused before any change without right %#, and given once the remedy was run',
      async (lacking) => {
        await probe.give([...found().user, ...found().master.filter((_, place) => place !== lacking)]);
        const before = await probe.state();
        const refusal: unknown = await probe.clone().catch((error: unknown) => error);
        expect(refusal).toBeInstanceOf(GrantNotPossibleError);
        expect(await probe.state()).toBe(before);
        const remedies = [...(refusal as Error).message.matchAll(/\(remedy: (.*?)\)(?=; |\. )/g)];
        expect(remedies).not.toHaveLength(0);
        await probe.give(remedies.map(([, remedy = '']) => remedy));
        await probe.clone();
        expect(await probe.differences()).toEqual([]);
      },
    );

    it('is left out and reported when that is allowed', async () => {
      await probe.give(found().user);
      const { skipped } = await probe.clone(found().allowed);
      expect(skipped).not.toHaveLength(0);
      expect((await probe.clone(found().allowed)).skipped).toEqual(skipped);
    });
  });
});
