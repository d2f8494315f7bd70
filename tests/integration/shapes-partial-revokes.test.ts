import { GrantNotPossibleError } from '../../lib/errors';
import type { DatabaseServer } from '../../local/database/database-server';
import { examine } from '../shapes/examine';
import { BASE } from '../shapes/least-rights';
import { RightsProbe } from '../shapes/rights-probe';
import { quote } from '../shapes/shape';
import { ShapeServer } from '../shapes/shape-server';
import { shapes } from '../shapes/shapes';
import { startPrivateMysql } from '../shapes/started-servers';

/** partial_revokes gives `_` and `%` another meaning for everybody, hence a server of its own. */
describe('MySQL with partial_revokes', () => {
  let started: DatabaseServer;
  let server: ShapeServer;

  beforeAll(async () => {
    started = await startPrivateMysql();
    server = await ShapeServer.open(started);
    await server.run('SET GLOBAL partial_revokes = ON');
  });

  afterAll(async () => {
    await started.stop();
  });

  it.each(
    shapes.filter(({ needs }) => needs === 'partial_revokes').map((shape) => [shape.name, shape] as const),
  )('mirrors %s', async (_, shape) => {
    expect(await examine(server, shape, 'thorough')).toEqual([]);
  });

  describe('when the master itself is restricted', () => {
    let probe: RightsProbe;

    beforeEach(async () => {
      probe = new RightsProbe(server);
      await probe.make();
      await probe.give([...BASE, 'GRANT SELECT, INSERT ON *.* TO @MASTER WITH GRANT OPTION']);
    });

    afterEach(async () => {
      await probe.drop();
    });

    it.each([
      ['a privilege on everything', 'GRANT INSERT ON *.* TO @USER'],
      ['a privilege on the database that it may not enter', 'GRANT INSERT ON @DB.* TO @USER'],
      ['a privilege on a table of that database', 'GRANT INSERT ON @DB.t TO @USER'],
    ])('refuses %s before anything is changed', async (_, grant) => {
      const db = quote(server.fixture.database);
      await probe.give([grant.replace('@DB', db), `REVOKE INSERT ON ${db}.* FROM @MASTER`]);
      const before = await probe.state();
      await expect(probe.clone()).rejects.toThrow(GrantNotPossibleError);
      expect(await probe.state()).toBe(before);
      expect((await probe.clone(['INSERT'])).skipped).toHaveLength(1);
    });

    it('gives what it may give elsewhere', async () => {
      const { database, oddDatabase } = server.fixture;
      await probe.give([
        `GRANT INSERT ON ${quote(oddDatabase)}.* TO @USER`,
        `REVOKE INSERT ON ${quote(database)}.* FROM @MASTER`,
      ]);
      await probe.clone();
      expect(await probe.differences()).toEqual([]);
    });
  });
});
