import type { ExecutionRecords } from '../executions/execution-records';
import { log } from '../log';
import type { Measure } from '../metrics';
import type { Notices } from '../notices/notices';
import { machineNameOf, secretNameOf } from './arns';
import type { ExecutionEnded } from './execution-ended';
import { readRequest } from './execution-request';
import { failureNotice } from './failure-notice';
import { summarise } from './run-summary';

export interface ReportOutcomePorts {
  executions: ExecutionRecords;
  notices: Notices;
  measure: Measure;
  /** Its headings are the names of errors. */
  runbookUrl: string | undefined;
}

export interface OutcomeReport {
  executionArn: string;
  /** A preflight is no rotation and is not measured as one. */
  measured: boolean;
  notice: 'not needed' | 'sent' | 'left out: it has been re-driven';
}

/**
 * Measures an execution's run, and sends a notice when it did not succeed; also of a preflight, because whoever has
 * Secrets Manager test a configuration is not told otherwise. When the execution has been re-driven meanwhile, by
 * a person or by kickoff, there is no notice: the end of that run has one of its own.
 *
 * Measured first, so that a topic that is out of order cannot hide a failure from the alarms. Safe to repeat: a
 * repetition is counted again, and sends the notice again.
 * @throws {WorkflowUnavailableError}
 * @throws {NoticeNotSentError}
 */
export async function reportOutcome(
  { detail }: ExecutionEnded,
  { executions, notices, measure, runbookUrl }: ReportOutcomePorts,
): Promise<OutcomeReport> {
  const { executionArn, status } = detail;
  const redriveCount = detail.redriveCount ?? 0;
  const [execution, runs] = await Promise.all([
    executions.describe(executionArn),
    executions.runs(executionArn),
  ]);
  const request = readRequest(execution.input);
  const run = summarise(runs, redriveCount);
  const measured = request.operation === 'rotate';
  if (measured) {
    const secret = request.secretId === undefined ? undefined : secretNameOf(request.secretId);
    const succeeded = status === 'SUCCEEDED' ? 1 : 0;
    const seconds = run.startedAt && (detail.stopDate - run.startedAt.getTime()) / 1_000;
    measure(
      { machine: machineNameOf(executionArn), secret },
      {
        RotationSucceeded: succeeded,
        RotationFailed: 1 - succeeded,
        MasterCollisions: run.masterCollisions,
        ...(seconds === undefined ? {} : { RotationDuration: seconds }),
      },
    );
  }
  if (status === 'SUCCEEDED') return { executionArn, measured, notice: 'not needed' };
  if (execution.redriveCount > redriveCount) {
    log.info('the execution has been re-driven meanwhile: no notice is sent');
    return { executionArn, measured, notice: 'left out: it has been re-driven' };
  }
  const failure =
    execution.error === undefined ? undefined : { error: execution.error, cause: execution.cause };
  const { notRedrivable } = execution;
  const endedAt = new Date(detail.stopDate);
  await notices.send(
    failureNotice({
      executionArn,
      status,
      endedAt,
      redriveCount,
      request,
      run,
      failure,
      notRedrivable,
      runbookUrl,
    }),
  );
  return { executionArn, measured, notice: 'sent' };
}
