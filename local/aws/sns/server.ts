import { listenOnLoopback } from '../protocol/loopback-server';
import { queryListener } from './aws-query';
import { publish, type PublishedMessage } from './publish';

interface SnsOptions {
  /** 0, the default, lets the system choose a free port. */
  port?: number;
  /** The topics that exist. */
  topicArns: readonly string[];
  /** Told of every call before it takes effect. Throw an `AwsError` to answer with that error instead. */
  onCall?: (action: string) => void;
}

export interface SnsServer {
  /** Where it listens: `http://127.0.0.1:<port>`, for the SDK's `endpoint` and the CLI's `--endpoint-url`. */
  readonly url: string;
  /** What was published, the oldest first. It goes no further: nobody subscribes here. */
  readonly messages: readonly PublishedMessage[];
  /** Ends open connections and frees the port. */
  close(): Promise<void>;
}

/**
 * Starts an Amazon SNS that takes messages and keeps them, in memory, on 127.0.0.1 only. The real SDK and the AWS
 * CLI talk to it unchanged.
 */
export async function startSns({ port = 0, topicArns, onCall }: SnsOptions): Promise<SnsServer> {
  const messages: PublishedMessage[] = [];
  const listener = queryListener({
    namespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    actions: {
      Publish: (parameters) => {
        const message = publish(parameters, topicArns);
        messages.push(message);
        return { MessageId: message.messageId };
      },
    },
    ...(onCall && { onCall }),
  });
  return { ...(await listenOnLoopback(listener, port)), messages };
}
