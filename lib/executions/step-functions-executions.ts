import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  type HistoryEvent,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { nameOf } from '../secrets/store-errors';
import type { Execution, Executions } from './executions';
import { translateWorkflowError } from './workflow-errors';

/** Step Functions behind the port, for one state machine. */
export class StepFunctionsExecutions implements Executions {
  constructor(
    private readonly client: SFNClient,
    readonly machineArn: string,
  ) {}

  arnOf(name: string): string {
    return `${this.machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  }

  async start(name: string, input: string): Promise<boolean> {
    return this.answer('StartExecution', { ExecutionAlreadyExists: false }, async () => {
      await this.client.send(new StartExecutionCommand({ stateMachineArn: this.machineArn, name, input }));
      return true;
    });
  }

  async find(name: string): Promise<Execution | undefined> {
    const executionArn = this.arnOf(name);
    return this.answer('DescribeExecution', { ExecutionDoesNotExist: undefined }, async () => {
      const found = await this.client.send(new DescribeExecutionCommand({ executionArn }));
      return {
        arn: found.executionArn ?? executionArn,
        status: found.status ?? 'RUNNING',
        isRedrivable: found.redriveStatus === 'REDRIVABLE',
        error: found.error,
      };
    });
  }

  async redrive({ arn }: Execution): Promise<boolean> {
    return this.answer('RedriveExecution', { ExecutionNotRedrivable: false }, async () => {
      await this.client.send(new RedriveExecutionCommand({ executionArn: arn }));
      return true;
    });
  }

  async failedState({ arn }: Execution): Promise<string | undefined> {
    return this.answer('GetExecutionHistory', { ExecutionDoesNotExist: undefined }, async () => {
      const { events = [] } = await this.client.send(
        // The failure and the state that was entered before it are among the last events.
        new GetExecutionHistoryCommand({
          executionArn: arn,
          reverseOrder: true,
          maxResults: 100,
          includeExecutionData: false,
        }),
      );
      return events.map(enteredState).find((name) => name !== undefined);
    });
  }

  /** @param expected answers for errors that are none here, by name */
  private async answer<Answer>(
    operation: string,
    expected: Readonly<Record<string, Answer>>,
    ask: () => Promise<Answer>,
  ): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      const name = nameOf(error);
      if (Object.hasOwn(expected, name)) return expected[name] as Answer;
      throw translateWorkflowError(operation, name, error);
    }
  }
}

function enteredState({ stateEnteredEventDetails }: HistoryEvent): string | undefined {
  return stateEnteredEventDetails?.name;
}
