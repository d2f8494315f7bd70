import { MARIADB_SUITES, startMariadb } from '../../shapes/started-servers';
import { SERVER_VARIABLE } from '../../support/global-setup';
import type { FaultRun } from '../kind';

async function everything(faults: FaultRun): Promise<void> {
  const { startFaultCloud } = await import('../harness/fault-cloud');
  const cloud = await startFaultCloud();
  try {
    await (await import('./orders')).orders(faults, cloud);
    await (await import('./strangers')).strangers(faults, cloud);
    await (await import('./half-way')).halfWay(faults, cloud);
  } finally {
    await cloud.close();
  }
}

/** Modules that use the server are loaded when the environment names the one that they are to use. */
export async function run(faults: FaultRun): Promise<void> {
  if (faults.part === 'mysql') return everything(faults);
  const server = await startMariadb(MARIADB_SUITES[1]);
  try {
    process.env[SERVER_VARIABLE] = JSON.stringify(server);
    await everything(faults);
  } finally {
    await server.stop();
  }
}
