import { awsJsonListener, type AwsJsonService } from '../protocol/aws-json';
import { listenOnLoopback } from '../protocol/loopback-server';
import { operationNamed } from '../protocol/operation';
import { operations } from './operations';
import type { OperationContext } from './operations/operation';
import type { RotationFunctions } from './rotation/rotation-function';
import { type RotationRetries, Rotations } from './rotation/rotations';
import type { ServiceEvent } from './rotation/service-event';
import { type Seed, seedInto } from './seed';
import { SecretStore } from './store';

/** A call as it arrived, before its request is judged. The request may hold a secret value. */
export interface Call {
  readonly operation: string;
  readonly request: unknown;
  /** Whose call it is, as far as its Authorization header tells. */
  readonly accessKeyId: string | undefined;
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
  /** Told of every call that has taken effect. Throw an `AwsError` as if the true answer had been lost on its way. */
  onAnswer?: (call: Call) => void | Promise<void>;
  /** What RotateSecret can be given as RotationLambdaARN. */
  rotationFunctions?: RotationFunctions;
  /** Failed rotations are tried again, by default twice with a pause of 100 ms. */
  rotationRetries?: RotationRetries;
  /** Told what CloudTrail would be told about rotations. */
  onEvent?: (event: ServiceEvent) => void;
}

export interface SecretsManagerServer {
  /** Where it listens: `http://127.0.0.1:<port>`, for the SDK's `endpoint` and the CLI's `--endpoint-url`. */
  readonly url: string;
  readonly seed: Seed;
  /** Waits until no rotation is under way in the background, nor waits for its next try. */
  settled(): Promise<void>;
  /** Ends open connections, also those with a call under way, calls no rotation function any more, frees the port. */
  close(): Promise<void>;
}

const RETRIES: RotationRetries = { count: 2, delayMs: 100 };

/**
 * Starts an AWS Secrets Manager of one account and Region, in memory, on 127.0.0.1 only. The real SDK and the
 * AWS CLI talk to it unchanged. Requests need credentials; which ones they are matters to rotations only.
 */
export async function startSecretsManager(
  options: SecretsManagerOptions = {},
): Promise<SecretsManagerServer> {
  const { port = 0, region = 'us-east-1', accountId = '123456789012', now = () => new Date() } = options;
  const { rotationFunctions = {}, rotationRetries = RETRIES, onEvent = () => undefined } = options;
  const store = new SecretStore(region, accountId);
  const rotations = new Rotations(store, now, {
    functions: rotationFunctions,
    retries: rotationRetries,
    onEvent,
  });
  const listener = awsJsonListener(serviceOver({ store, now, rotations }, options));
  const { url, close } = await listenOnLoopback(listener, port);
  return {
    url,
    seed: seedInto(store, now),
    settled: () => rotations.settled(),
    close: () => {
      rotations.close();
      return close();
    },
  };
}

function serviceOver(
  shared: Omit<OperationContext, 'accessKeyId'>,
  { onCall, onAnswer }: SecretsManagerOptions,
): AwsJsonService {
  return {
    targetPrefix: 'secretsmanager',
    contentType: 'application/x-amz-json-1.1',
    answer: async (name, request, accessKeyId) => {
      const operation = operationNamed(operations, name);
      const call: Call = { operation: name, request, accessKeyId };
      await onCall?.(call);
      const answer = await operation.answer(request, { ...shared, accessKeyId });
      await onAnswer?.(call);
      return answer;
    },
  };
}
