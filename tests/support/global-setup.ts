import { startDatabaseServer, type DatabaseServer } from '../../local/database/database-server';
import { startRecordingCalls } from './aws-call-recorder';

/** Where test files find the server that all of them share; each makes users and databases of its own on it. */
export const SERVER_VARIABLE = 'STEPWISE_ROTATION_TEST_SERVER';

declare global {
  var testDatabaseServer: DatabaseServer | undefined;
}

export default async function globalSetup(): Promise<void> {
  startRecordingCalls();
  const server = await startDatabaseServer({
    onProgress: (message) => {
      process.stderr.write(`${message}\n`);
    },
  });
  globalThis.testDatabaseServer = server;
  process.env[SERVER_VARIABLE] = JSON.stringify(server);
}
