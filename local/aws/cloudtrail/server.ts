import { awsJsonListener } from '../protocol/aws-json';
import { listenOnLoopback } from '../protocol/loopback-server';
import { operationNamed } from '../protocol/operation';
import type { ServiceEvent } from '../secrets-manager/rotation/service-event';
import { lookupEvents } from './operations/lookup-events';
import { serviceEvent, stateCall, type StateCall } from './told';
import { Trail } from './trail';

export interface CloudTrailOptions {
  /** 0, the default, lets the system choose a free port. */
  port?: number;
  region?: string;
  accountId?: string;
  now?: () => Date;
}

export interface CloudTrailServer {
  /** Where it listens: `http://127.0.0.1:<port>`, for the SDK's `endpoint` and the CLI's `--endpoint-url`. */
  readonly url: string;
  /** What Secrets Manager did by itself. */
  tell(event: ServiceEvent): void;
  /** A call that Step Functions received. */
  tellCall(call: StateCall): void;
  close(): Promise<void>;
}

/**
 * Starts an AWS CloudTrail of one account and Region, in memory, on 127.0.0.1 only, with LookupEvents and nothing
 * else. It knows what it is told, and the other endpoints tell it what concerns rotations.
 */
export async function startCloudTrail(options: CloudTrailOptions = {}): Promise<CloudTrailServer> {
  const { port = 0, region = 'us-east-1', accountId = '123456789012', now = () => new Date() } = options;
  const trail = new Trail(region, accountId, now);
  const listener = awsJsonListener({
    targetPrefix: 'CloudTrail_20131101',
    contentType: 'application/x-amz-json-1.1',
    answer: async (name, request) => operationNamed([lookupEvents], name).answer(request, { trail }),
  });
  const { url, close } = await listenOnLoopback(listener, port);
  return {
    url,
    tell: (event) => {
      trail.add(serviceEvent(event, accountId));
    },
    tellCall: (call) => {
      trail.add(stateCall(call, accountId));
    },
    close,
  };
}
