import { SERVER_VARIABLE } from '../../support/global-setup';
import type { FaultRun } from '../kind';
import { withKillableServer, type KillableServer } from './killable-server';

type Use = (server: KillableServer) => Promise<void>;

/** Modules that use the server are loaded when the environment names the one that they are to use. */
const PARTS: Readonly<Record<string, (run: FaultRun) => Promise<void>>> = {
  'killed-first': (run) =>
    onOwnServer(async (server) => (await import('./killed')).killed(run, server, 'first-rotation')),
  'killed-steady': (run) =>
    onOwnServer(async (server) => (await import('./killed')).killed(run, server, 'steady-state')),
  refusing: (run) =>
    onOwnServer(async (server) => {
      await (await import('./refusing')).refusing(run);
      await (await import('./certificates')).certificates(run, server);
    }),
  unreachable: async (run) => {
    await (await import('./nowhere')).nowhere(run);
    await (await import('./slow')).slow(run);
  },
};

function onOwnServer(use: Use): Promise<void> {
  return withKillableServer(async (server) => {
    process.env[SERVER_VARIABLE] = JSON.stringify(server.address);
    await use(server);
  });
}

export async function run(run: FaultRun): Promise<void> {
  const part = PARTS[run.part];
  if (part === undefined) throw new Error(`the kind server has no part ${run.part}`);
  await part(run);
  const { startedSecretsManager } = await import('../../support/secrets-endpoint');
  await (await startedSecretsManager()).close();
}
