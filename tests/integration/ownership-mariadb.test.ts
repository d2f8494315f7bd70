import type { DatabaseServer } from '../../local/database/database-server';
import { MARIADB_SUITES, startMariadb } from '../shapes/started-servers';
import { server } from '../support/database';
import { eachWorld } from '../support/each-world';
import { endSecretsManagerAfterAll } from '../support/world';
import { describeOwnership } from './ownership-cases';
import { describeProofs } from './ownership-proof-cases';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** Its accounts hold no attributes, so that only passwords show whose they are. */
describe.each(MARIADB_SUITES)('whose a standby user is, on MariaDB of Debian %s', (suite) => {
  let started: DatabaseServer;

  beforeAll(async () => {
    started = await startMariadb(suite);
    Object.assign(server, started); // the server of this file's tests
  });
  afterAll(() => started.stop());

  it('costs a call more than on MySQL in a steady state: AWSPREVIOUS proves the standby', async () => {
    const world = await worlds.make({ naming: 'suffix' });
    await world.rotate();
    await world.rotate();

    const [execution, { secretsManagerCalls }] = await world.rotateCounted();

    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    expect(Object.values(secretsManagerCalls).reduce((sum, calls) => sum + calls, 0)).toBeLessThanOrEqual(13);
  });

  describeOwnership({ isMarked: false });
  describeProofs({ isMarked: false });
});
