import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Cloud } from '../../aws/cloud';
import type { DatabaseServerAddress } from '../../database/database-server';
import type { Cast } from '../../demo/cast';
import { withDemoDatabase } from '../../demo/demo-database';
import { withDemoServer } from '../../demo/demo-server';
import { loadSteps } from '../load-steps';
import { createFirstUser } from './first-user';
import { makeLabCast } from './lab-cast';
import type { LabDocument } from './lab-document';
import { SECRET_NAMES, seedLabSecrets } from './lab-secrets';
import { applyLabSettings } from './lab-settings';
import { narrator } from './narrate';

export interface LabOptions {
  timeScale: number;
  verbose: boolean;
  secretsManagerPort: number;
  stepFunctionsPort: number;
}

interface Surroundings {
  onProgress: (text: string) => void;
  onReady: (document: LabDocument) => void;
  signal: AbortSignal;
}

/** Runs everything that the service is deployed to until `signal` is aborted, and leaves nothing behind. */
export async function runLab(options: LabOptions, surroundings: Surroundings): Promise<void> {
  const { onProgress, onReady, signal } = surroundings;
  const cast = makeLabCast();
  await loadSteps(options);
  await withDemoServer(onProgress, signal, (server) =>
    withDemoDatabase(server, cast, () =>
      withCloud(options, onProgress, async (cloud) => {
        onReady(await furnish(cloud, server, cast));
        if (!signal.aborted) await once(signal, 'abort');
      }),
    ),
  );
}

async function withCloud(
  { timeScale, secretsManagerPort, stepFunctionsPort }: LabOptions,
  onProgress: (text: string) => void,
  use: (cloud: Cloud) => Promise<void>,
): Promise<void> {
  const { onEvent, onStatusChange } = narrator(onProgress);
  // The handlers come with it, whose logger reads the environment when it is made.
  const { startCloud } = await import('../../aws/cloud');
  const cloud = await startCloud({
    secretsManager: { port: secretsManagerPort, onEvent },
    stepFunctions: { port: stepFunctionsPort, timeScale, onStatusChange },
  });
  try {
    await use(cloud);
  } finally {
    await cloud.close();
    await cloud.stepFunctions.settled(); // a late SetSecret would make the user anew that is about to go
  }
}

/** The application's user and both secrets, and the settings that a deployment would have. */
async function furnish(cloud: Cloud, server: DatabaseServerAddress, cast: Cast): Promise<LabDocument> {
  const { KICKOFF_ARN, MACHINE_ARN } = await import('../../aws/cloud');
  const { secretsManager, stepFunctions, environment: services } = cloud;
  const password = randomUUID();
  await createFirstUser(server, cast, password);
  const arns = seedLabSecrets(secretsManager.seed, server, cast, password);
  applyLabSettings(server, cast, { masterArn: arns.master, services });
  const { product, version, host, port, caBundlePath = null } = server;
  return {
    urls: { secretsManager: secretsManager.url, stepFunctions: stepFunctions.url },
    region: services['AWS_REGION'] ?? '',
    arns: { ...arns, kickoff: KICKOFF_ARN, stateMachine: MACHINE_ARN },
    names: {
      ...SECRET_NAMES,
      database: cast.database,
      masterUser: cast.master.username,
      appUsers: cast.appUsers,
    },
    server: { product, version, host, port, caBundlePath },
  };
}
