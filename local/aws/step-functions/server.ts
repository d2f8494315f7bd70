import { watchInFlight } from '../../lambda/in-flight';
import type { Invoke } from '../../lambda/in-process';
import { awsJsonListener, type AwsJsonService } from '../protocol/aws-json';
import { listenOnLoopback } from '../protocol/loopback-server';
import { operationNamed } from '../protocol/operation';
import { operations } from './operations';
import type { OperationContext } from './operations/operation';
import type { ExecutionStatusChange } from './status-change';
import { Store } from './store';

/** A call as it arrived, before its request is judged. */
interface Call {
  readonly operation: string;
  readonly request: unknown;
}

export interface StepFunctionsOptions {
  /** 0, the default, lets the system choose a free port. */
  port?: number;
  region?: string;
  accountId?: string;
  now?: () => Date;
  /** 1 (default) waits in real time, 0 skips waits and the pauses between attempts; timeouts are not scaled. */
  timeScale?: number;
  /** What Tasks may call, by the ARN that their `Resource` names. Called under Lambda's conditions. */
  functions: Readonly<Record<string, Invoke>>;
  /** Hears of every start, redrive and end, as EventBridge would. Must not throw. */
  onStatusChange?: (change: ExecutionStatusChange) => void;
  /** Told of every call before it takes effect. Throw an `AwsError` to answer with that error instead. */
  onCall?: (call: Call) => void | Promise<void>;
}

export interface StepFunctionsServer {
  /** Where it listens: `http://127.0.0.1:<port>`, for the SDK's `endpoint` and the CLI's `--endpoint-url`. */
  readonly url: string;
  /** Resolves when no execution runs and no function is at work, also one that its execution no longer waits for. */
  settled(): Promise<void>;
  /** Aborts running executions, ends open connections and frees the port. A function at work is not waited for. */
  close(): Promise<void>;
}

/**
 * Starts an AWS Step Functions of one account and Region, in memory, on 127.0.0.1 only. The real SDK and the AWS
 * CLI talk to it unchanged. Requests need credentials, but which ones does not matter.
 */
export async function startStepFunctions(options: StepFunctionsOptions): Promise<StepFunctionsServer> {
  const { port = 0, region = 'us-east-1', accountId = '123456789012', now = () => new Date() } = options;
  const { timeScale = 1, onStatusChange = () => undefined } = options;
  const { handlers: functions, settled } = watchInFlight(options.functions);
  const store = new Store({ region, accountId }, { now, timeScale, functions, onStatusChange });
  const listener = awsJsonListener(serviceOver({ store, now }, options.onCall));
  const { url, close } = await listenOnLoopback(listener, port);
  return {
    url,
    settled: async () => {
      do {
        await Promise.all(store.running().map(({ ended }) => ended));
        await settled();
      } while (store.running().length > 0);
    },
    close: async () => {
      await close();
      await Promise.all(store.running().map((execution) => execution.stop({})));
    },
  };
}

function serviceOver(context: OperationContext, onCall: StepFunctionsOptions['onCall']): AwsJsonService {
  return {
    targetPrefix: 'AWSStepFunctions',
    contentType: 'application/x-amz-json-1.0',
    answer: async (name, request) => {
      const operation = operationNamed(operations, name);
      await onCall?.({ operation: name, request });
      return operation.answer(request, context);
    },
  };
}
