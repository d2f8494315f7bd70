import { randomUUID } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { executionArn } from '../aws/step-functions/arns';
import { taskHandlers } from '../aws/step-functions/function-calls';
import { parseDefinition } from '../aws/step-functions/state-machine';
import { countCalls } from '../call-counter';
import { LAB_ACCOUNT_ID } from '../stack/account';
import type { DeployedStack } from '../stack/deployed-stack';
import { rotationMachineOf } from '../stack/entry-points';
import type { ExecutionRecord } from '../state-machine/execution-record';
import { runStateMachine, type RunOptions } from '../state-machine/run-state-machine';
import type { Bundled } from './bundled-option';
import { withBundledStack } from './bundled-stack';
import { watchInFlight } from '../lambda/in-flight';
import { loadSteps } from './load-steps';
import { reportRotation, type RotationReport } from './rotation-report';

interface RotateOptions {
  secretId: string;
  timeScale: number;
  bundled: Bundled;
  verbose: boolean;
  signal: AbortSignal;
}

type Workflow = Pick<RunOptions, 'handlers' | 'definition' | 'executionArn' | 'executionName'>;

/** Runs the state machine on one secret. Settings, endpoint and credentials come from the environment. */
export async function rotate(options: RotateOptions): Promise<RotationReport> {
  const { bundled, verbose } = options;
  if (bundled !== false) {
    const account = { region: await callersRegion(), accountId: LAB_ACCOUNT_ID };
    return withBundledStack({ bundled, verbose, account }, async (stack) =>
      reportRotation(await run(deployedWorkflow(stack), options), undefined),
    );
  }
  const handlers = await loadSteps(options);
  const [record, counts] = await countCalls(() => run({ handlers }, options));
  return reportRotation(record, counts);
}

/** The definition of the template, whose Tasks find functions by ARN. */
function deployedWorkflow(stack: DeployedStack): Workflow {
  const machine = rotationMachineOf(stack);
  const definition = parseDefinition(machine.definition);
  const functions = Object.fromEntries(stack.functions.map(({ arn, invoke }) => [arn, invoke]));
  const executionName = randomUUID();
  return {
    definition,
    handlers: taskHandlers(definition, functions, () => undefined),
    executionName,
    executionArn: executionArn(machine.arn, executionName),
  };
}

async function run(
  { handlers: steps, ...workflow }: Workflow,
  { secretId, timeScale, signal }: RotateOptions,
): Promise<ExecutionRecord> {
  const { handlers, settled } = watchInFlight(steps);
  const input = { secretId, owner: 'schedule' };
  const record = await runStateMachine({ ...workflow, input, handlers, timeScale, signal });
  await settled();
  return record;
}

async function callersRegion(): Promise<string> {
  const client = new SecretsManagerClient({});
  try {
    return await client.config.region();
  } finally {
    client.destroy();
  }
}
