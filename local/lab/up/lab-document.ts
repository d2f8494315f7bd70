import type { ServerProduct } from '../../database/server-product';

/** What `lab up --json` prints when it is ready. It holds no password: those are in the secrets. */
export interface LabDocument {
  urls: { secretsManager: string; stepFunctions: string };
  region: string;
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
