import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { awsJsonListener, type AwsJsonService } from './aws-json';
import { AwsError } from './errors';
import { operations } from './operations';
import type { OperationContext } from './operations/operation';
import { type Seed, seedInto } from './seed';
import { SecretStore } from './store';

/** A call as it arrived, before its request is judged. The request may hold a secret value. */
export interface Call {
  readonly operation: string;
  readonly request: unknown;
}

export interface SecretsManagerOptions {
  /** 0, the default, lets the system choose a free port. */
  port?: number;
  region?: string;
  accountId?: string;
  now?: () => Date;
  /**
   * Told of every call before it takes effect. Throw an `AwsError` to answer with that error instead, or return
   * a promise to answer late. Remember that the SDK repeats calls that were throttled or met a server error.
   */
  onCall?: (call: Call) => void | Promise<void>;
}

export interface SecretsManagerServer {
  /** Where it listens: `http://127.0.0.1:<port>`, for the SDK's `endpoint` and the CLI's `--endpoint-url`. */
  readonly url: string;
  readonly seed: Seed;
  /** Ends open connections, also those with a call under way, and frees the port. */
  close(): Promise<void>;
}

/**
 * Starts an AWS Secrets Manager of one account and Region, in memory, on 127.0.0.1 only. The real SDK and the
 * AWS CLI talk to it unchanged. Requests need credentials, but which ones does not matter (see `aws-json.ts`).
 */
export async function startSecretsManager(
  options: SecretsManagerOptions = {},
): Promise<SecretsManagerServer> {
  const { port = 0, region = 'us-east-1', accountId = '123456789012', now = () => new Date() } = options;
  const context = { store: new SecretStore(region, accountId), now };
  const server = createServer(awsJsonListener(serviceOver(context, options.onCall)));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seed: seedInto(context.store, now),
    close: () => close(server),
  };
}

function serviceOver(context: OperationContext, onCall: SecretsManagerOptions['onCall']): AwsJsonService {
  const byName = new Map(operations.map((operation) => [operation.name, operation]));
  return {
    targetPrefix: 'secretsmanager',
    contentType: 'application/x-amz-json-1.1',
    answer: async (name, request) => {
      const operation = byName.get(name);
      if (operation === undefined) {
        throw new AwsError(
          'UnknownOperationException',
          `The operation ${name} is not known to this endpoint.`,
        );
      }
      await onCall?.({ operation: name, request });
      return operation.answer(request, context);
    },
  };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
