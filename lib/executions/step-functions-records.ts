import {
  DescribeExecutionCommand,
  paginateGetExecutionHistory,
  type HistoryEvent,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { nameOf } from '../secrets/store-errors';
import type { ExecutionRecord, ExecutionRecords, Run } from './execution-records';
import { runsOf } from './runs-of';
import { translateWorkflowError } from './workflow-errors';

/** Step Functions behind the port. */
export class StepFunctionsRecords implements ExecutionRecords {
  constructor(private readonly client: SFNClient) {}

  async describe(executionArn: string): Promise<ExecutionRecord> {
    return answer('DescribeExecution', async () => {
      const found = await this.client.send(new DescribeExecutionCommand({ executionArn }));
      const isRefused = found.redriveStatus === 'NOT_REDRIVABLE' && found.status !== 'RUNNING';
      return {
        input: found.input,
        redriveCount: found.redriveCount ?? 0,
        error: found.error,
        cause: found.cause,
        notRedrivable: isRefused
          ? (found.redriveStatusReason ?? 'Step Functions does not say why')
          : undefined,
      };
    });
  }

  async runs(executionArn: string): Promise<Run[]> {
    return answer('GetExecutionHistory', async () => {
      const events: HistoryEvent[] = [];
      const pages = paginateGetExecutionHistory(
        { client: this.client, pageSize: 1_000 },
        { executionArn, includeExecutionData: false },
      );
      for await (const page of pages) events.push(...(page.events ?? []));
      return runsOf(events);
    });
  }
}

async function answer<Answer>(operation: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw translateWorkflowError(operation, nameOf(error), error);
  }
}
