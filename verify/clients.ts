import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Clients } from './bench';
import type { VerifyDocument } from './report/document';

/** CloudTrail answers two lookups a second and account; who is told so asks again, more and more slowly. */
const MAX_ATTEMPTS = 10;

/** AWS's own host names, those of its partition in China included. */
const AWS_HOST = /\.(amazonaws\.com(\.cn)?|aws)$/;

interface ObservedClients {
  clients: Clients;
  /** Where requests really went: an endpoint may come from an option, the environment or a profile. */
  endpoints: () => VerifyDocument['endpoints'];
  destroy: () => void;
}

/** Clients of the three services, which take Region, credentials and endpoints as every SDK client does. */
export function makeClients(region: string): ObservedClients {
  const settings = { region, maxAttempts: MAX_ATTEMPTS };
  const clients = {
    secrets: new SecretsManagerClient(settings),
    states: new SFNClient(settings),
    trail: new CloudTrailClient(settings),
  };
  const asked: Record<keyof Clients, string> = {
    secrets: 'not asked',
    states: 'not asked',
    trail: 'not asked',
  };
  for (const name of ['secrets', 'states', 'trail'] as const)
    observe(clients[name], (url) => (asked[name] = url));
  return {
    clients,
    endpoints: () => ({
      secretsManager: asked.secrets,
      stepFunctions: asked.states,
      cloudTrail: asked.trail,
    }),
    destroy: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** The part of a client that sees its requests go. */
interface Observable {
  middlewareStack: {
    add(
      middleware: <Given extends { request: unknown }, Result>(
        next: (given: Given) => Promise<Result>,
      ) => (given: Given) => Promise<Result>,
      options: { step: 'finalizeRequest'; name: string },
    ): void;
  };
}

interface SentRequest {
  protocol: string;
  hostname: string;
  port?: number;
}

function observe(client: unknown, tell: (endpoint: string) => void): void {
  (client as Observable).middlewareStack.add(
    (next) => (given) => {
      const { protocol, hostname, port } = given.request as SentRequest;
      tell(
        AWS_HOST.test(hostname) ? 'aws' : `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`,
      );
      return next(given);
    },
    { step: 'finalizeRequest', name: 'observeEndpoint' },
  );
}
