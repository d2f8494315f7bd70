import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { withApplicationDatabase } from '../../application/application-database';
import { makeCast, type Cast } from '../../application/cast';
import { applyDeployerSettings } from '../../application/deployer-settings';
import { createFirstUser } from '../../application/first-user';
import { withLentServer } from '../../application/lent-server';
import { seedSecrets } from '../../application/seed-secrets';
import type { DatabaseServerAddress } from '../../database/database-server';
import type { Bundled } from '../bundled-option';
import { withBundledCloud, withSourceCloud, type LabCloud } from './lab-cloud';
import { SECRET_NAMES, type LabDocument } from './lab-document';
import { narrator } from './narrate';

export interface LabOptions {
  timeScale: number;
  bundled: Bundled;
  verbose: boolean;
  secretsManagerPort: number;
  stepFunctionsPort: number;
  cloudtrailPort: number;
  rotationRetries: number;
  /** Seconds. */
  rotationRetryPause: number;
}

interface Surroundings {
  onProgress: (text: string) => void;
  onReady: (document: LabDocument) => void;
  signal: AbortSignal;
}

/** Runs everything that the service is deployed to until `signal` is aborted, and leaves nothing behind. */
export async function runLab(options: LabOptions, surroundings: Surroundings): Promise<void> {
  const { onProgress, onReady, signal } = surroundings;
  const cast = makeCast('lab');
  await withLentServer(onProgress, signal, (server) =>
    withApplicationDatabase(server, cast, () =>
      withCloud(options, onProgress, async (cloud) => {
        onReady({ ...(await furnish(cloud, server, cast)), bundled: options.bundled !== false });
        if (!signal.aborted) await once(signal, 'abort');
      }),
    ),
  );
}

function withCloud(
  options: LabOptions,
  onProgress: (text: string) => void,
  use: (cloud: LabCloud) => Promise<void>,
): Promise<void> {
  const { bundled, verbose, timeScale } = options;
  const { onEvent, onStatusChange } = narrator(onProgress);
  const rotationRetries = { count: options.rotationRetries, delayMs: options.rotationRetryPause * 1_000 };
  const services = {
    secretsManager: { port: options.secretsManagerPort, rotationRetries, onEvent },
    stepFunctions: { port: options.stepFunctionsPort, timeScale, onStatusChange },
    cloudTrail: { port: options.cloudtrailPort },
  };
  if (bundled === false) return withSourceCloud({ verbose, services }, use);
  onProgress(bundled === true ? 'packaging the service' : `deploying the packages in ${bundled}`);
  return withBundledCloud({ bundled, verbose, services }, use);
}

/** The application's user and both secrets, and the settings that a deployment would have. */
async function furnish(
  cloud: LabCloud,
  server: DatabaseServerAddress,
  cast: Cast,
): Promise<Omit<LabDocument, 'bundled'>> {
  const { secretsManager, stepFunctions, cloudTrail, environment: services } = cloud;
  const password = randomUUID();
  await createFirstUser(server, cast, password);
  const arns = seedSecrets(secretsManager.seed, { server, cast, names: SECRET_NAMES }, password);
  applyDeployerSettings(server, cast, { masterArn: arns.master, services });
  const { product, version, host, port, caBundlePath = null } = server;
  return {
    urls: {
      secretsManager: secretsManager.url,
      stepFunctions: stepFunctions.url,
      cloudTrail: cloudTrail.url,
    },
    region: services['AWS_REGION'] ?? '',
    arns: { ...arns, ...cloud.arns },
    names: {
      ...SECRET_NAMES,
      database: cast.database,
      masterUser: cast.master.username,
      appUsers: cast.appUsers,
    },
    server: { product, version, host, port, caBundlePath },
  };
}
