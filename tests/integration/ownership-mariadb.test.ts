import type { DatabaseServer } from '../../local/database/database-server';
import { MARIADB_SUITES, startMariadb } from '../shapes/started-servers';
import { server } from '../support/database';
import { endSecretsManagerAfterAll } from '../support/world';
import { describeOwnership } from './ownership-cases';
import { describeProofs } from './ownership-proof-cases';

endSecretsManagerAfterAll();

/** Its accounts hold no attributes, so that only passwords show whose they are. */
describe.each(MARIADB_SUITES)('whose a standby user is, on MariaDB of Debian %s', (suite) => {
  let started: DatabaseServer;

  beforeAll(async () => {
    started = await startMariadb(suite);
    Object.assign(server, started); // the server of this file's tests
  });
  afterAll(() => started.stop());

  describeOwnership({ isMarked: false });
  describeProofs({ isMarked: false });
});
