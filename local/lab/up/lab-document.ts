import type { ServerProduct } from '../../database/server-product';

/** The secrets that the lab makes. */
export const SECRET_NAMES = { app: 'app', master: 'master' } as const;

/** What `lab up --json` prints when it is ready. It holds no password: those are in the secrets. */
export interface LabDocument {
  urls: { secretsManager: string; stepFunctions: string; cloudTrail: string };
  region: string;
  /** Whether it runs the packaged bundles and their template, or the sources. */
  bundled: boolean;
  arns: { app: string; master: string; kickoff: string; stateMachine: string };
  /** Secrets, and what the lab has made on the server. */
  names: {
    app: string;
    master: string;
    database: string;
    masterUser: string;
    appUsers: readonly [string, string];
  };
  server: ServerProduct & { host: string; port: number; caBundlePath: string | null };
}
