import { RedriveExecutionCommand, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { Bench } from '../bench';
import { notedCall } from './noted-call';

/** Starts the state machine on the secret. @returns the execution's ARN */
export async function startExecution(
  bench: Bench,
  input: { owner: 'schedule' | 'secrets-manager'; operation: 'rotate' | 'preflight' },
): Promise<string> {
  const { stateMachineArn, secretArn } = bench.target;
  const command = new StartExecutionCommand({
    stateMachineArn,
    input: JSON.stringify({ secretId: secretArn, ...input }),
  });
  const { executionArn = '' } = await notedCall(
    bench,
    'Step Functions',
    bench.clients.states.send(command),
    ({ executionArn: started = '' }) => `StartExecution, ${input.operation}: ${started}`,
  );
  bench.executionArns.add(executionArn);
  return executionArn;
}

/** Stops an execution as an operator would. One that has ended stays as it is. */
export async function stopExecution(bench: Bench, executionArn: string): Promise<void> {
  const cause = 'stopped by an experiment of verify:aws';
  const call = bench.clients.states.send(new StopExecutionCommand({ executionArn, cause }));
  await notedCall(bench, 'Step Functions', call, `StopExecution ${executionArn}`);
}

/** @throws {Error} ExecutionNotRedrivable */
export async function redriveExecution(bench: Bench, executionArn: string): Promise<void> {
  const call = bench.clients.states.send(new RedriveExecutionCommand({ executionArn }));
  await notedCall(bench, 'Step Functions', call, `RedriveExecution ${executionArn}`);
}
