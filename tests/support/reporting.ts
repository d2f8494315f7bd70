import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { handler as ageHandler } from '../../functions/report-age';
import { handler as outcomeHandler } from '../../functions/report-outcome';
import type { AwsError } from '../../local/aws/protocol/aws-error';
import type { PublishedMessage } from '../../local/aws/sns/publish';
import { startSns, type SnsServer } from '../../local/aws/sns/server';
import type { ExecutionStatusChange } from '../../local/aws/step-functions/status-change';
import { asFunction } from '../../local/lambda/as-function';
import { inProcess, type Invoke } from '../../local/lambda/in-process';
import { testCloud, type TestCloud } from './cloud';
import type { World } from './world';
import type { WorldOptions } from './world-options';

/** The reporting functions, under Lambda's conditions, beside a cloud whose executions they report on. */

export const TOPIC_ARN = 'arn:aws:sns:us-east-1:123456789012:rotation-notices';
export const RUNBOOK_URL = 'https://example.com/runbook';

/** One line in CloudWatch's embedded metric format, as far as it is looked at. */
interface MetricLine {
  machine: string;
  secret?: string;
  _aws: {
    CloudWatchMetrics: {
      Namespace: string;
      Dimensions: string[][];
      Metrics: { Name: string; Unit: string }[];
    }[];
  };
  [metric: string]: unknown;
}

interface Reported {
  /** What the function answered; what it threw, when it failed. */
  answer: unknown;
  metrics: MetricLine[];
  /** All that went to standard output and error. */
  output: string;
}

interface ReportedOutcome extends Reported {
  /** What was published meanwhile. */
  messages: readonly PublishedMessage[];
}

interface TestReporting extends TestCloud {
  sns: SnsServer;
  /** The end of an execution's run, as Step Functions told it: of the last one, or of a redrive by number. */
  endOf(executionArn: string | undefined, redriveCount?: number): ExecutionStatusChange;
  /** The same, waited for, while something that the execution called is still at work. */
  ended(executionArn: string): Promise<ExecutionStatusChange>;
  reportOutcome(detail: object): Promise<ReportedOutcome>;
  /** SNS answers with this error from now on, until the test is over. */
  refuseNotices(error: AwsError): void;
}

/** To be called once in a test file, instead of `testCloud`. */
export function testReporting(): TestReporting {
  const changes: ExecutionStatusChange[] = [];
  const announcements = new EventEmitter();
  const test = testCloud({
    onStatusChange: (change) => {
      changes.push(change);
      announcements.emit(change.executionArn);
    },
  });
  const lent = {} as { sns: SnsServer };
  let refusal: AwsError | undefined;
  beforeAll(async () => {
    lent.sns = await startSns({
      topicArns: [TOPIC_ARN],
      onCall: () => {
        if (refusal !== undefined) throw refusal;
      },
    });
  });
  afterEach(() => {
    refusal = undefined;
    changes.splice(0);
  });
  afterAll(() => lent.sns.close());

  const ends = (arn: string | undefined): ExecutionStatusChange[] =>
    changes.filter(({ executionArn, status }) => executionArn === arn && status !== 'RUNNING');
  const outcomeOf = async (detail: object): Promise<ReportedOutcome> => {
    const published = lent.sns.messages.length;
    const reported = await report(outcome, statusChangeEvent(detail));
    return { ...reported, messages: lent.sns.messages.slice(published) };
  };

  return Object.defineProperties({} as TestReporting, {
    ...Object.getOwnPropertyDescriptors(test),
    ...Object.getOwnPropertyDescriptors({
      get sns() {
        return lent.sns;
      },
      makeWorld: (options: WorldOptions = {}): Promise<World> =>
        test.makeWorld({
          ...options,
          environment: {
            AWS_ENDPOINT_URL_SNS: lent.sns.url,
            NOTICE_TOPIC_ARN: TOPIC_ARN,
            RUNBOOK_URL,
            ...options.environment,
          },
        }),
      endOf: (executionArn: string | undefined, redriveCount?: number) => {
        const end = ends(executionArn).findLast(
          (change) => redriveCount === undefined || change.redriveCount === redriveCount,
        );
        if (end === undefined) throw new Error(`${String(executionArn)} has not ended`);
        return end;
      },
      ended: async (executionArn: string) => {
        for (;;) {
          const [end] = ends(executionArn);
          if (end !== undefined) return end;
          await once(announcements, executionArn);
        }
      },
      reportOutcome: outcomeOf,
      refuseNotices: (error: AwsError) => {
        refusal = error;
      },
    }),
  });
}

const outcome = inProcess(asFunction('reportOutcome', outcomeHandler));
const age = inProcess(asFunction('reportAge', ageHandler));

/** EventBridge's envelope around what Step Functions tells. */
const statusChangeEvent = (detail: object) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Step Functions Execution Status Change',
  source: 'aws.states',
  account: '123456789012',
  time: new Date().toISOString(),
  region: 'us-east-1',
  resources: [(detail as { executionArn?: string }).executionArn],
  detail,
});

/** What a scheduler calls. */
export const reportAge = (): Promise<Reported> => report(age, { 'detail-type': 'Scheduled Event' });

async function report(invoke: Invoke, event: unknown): Promise<Reported> {
  const { answer, output } = await withOutput(() => invoke(event));
  const lines = output.split('\n').filter((line) => line.includes('"CloudWatchMetrics"'));
  return { answer, output, metrics: lines.map((line) => JSON.parse(line) as MetricLine) };
}

/** What a function answers or throws, and what it writes to standard output and error meanwhile. */
export async function withOutput(run: () => Promise<unknown>): Promise<{ answer: unknown; output: string }> {
  const written: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    }),
  );
  try {
    const answer = await run().catch((error: unknown) => error);
    return { answer, output: written.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
