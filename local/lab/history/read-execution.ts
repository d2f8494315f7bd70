import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  paginateGetExecutionHistory,
  type HistoryEvent,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { historyReport, type HistoryReport } from './history-report';
import { visitsOf } from './visits';

/** Reads an execution without what went in and out of its states. */
export async function readExecution(client: SFNClient, executionArn: string): Promise<HistoryReport> {
  const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
  const events: HistoryEvent[] = [];
  const request = { executionArn, includeExecutionData: false };
  for await (const page of paginateGetExecutionHistory({ client, pageSize: 1_000 }, request)) {
    events.push(...(page.events ?? []));
  }
  return historyReport(execution, visitsOf(events));
}

/** @throws {Error} when the state machine has never run. */
export async function latestExecutionArn(client: SFNClient, stateMachineArn: string): Promise<string> {
  const { executions = [] } = await client.send(
    new ListExecutionsCommand({ stateMachineArn, maxResults: 1 }),
  );
  const arn = executions[0]?.executionArn;
  if (arn === undefined) throw new Error(`${stateMachineArn} has no execution`);
  return arn;
}
