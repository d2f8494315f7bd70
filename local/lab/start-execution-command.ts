import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { Option, type Command } from 'commander';
import { inRegionOf } from './execution-arn-option';
import { printResult } from './print-result';
import { addServiceOptions, callService } from './service';
import { stateMachineArnOf, stateMachineArnOption, type StateMachineOptions } from './state-machine-arn';

interface Options extends StateMachineOptions {
  secretId: string;
  operation: 'rotate' | 'preflight';
  owner: 'schedule' | 'secrets-manager';
}

/** `lab start-execution`: starts the state machine with the input that a schedule gives it. */
export function addStartExecutionCommand(program: Command): void {
  const command = program
    .command('start-execution')
    .description('start the state machine as a schedule does; prints the ARN of the execution')
    .requiredOption('--secret-id <id>', "name or ARN of the application's secret")
    .addOption(
      new Option('--operation <operation>', 'preflight changes nothing')
        .choices(['rotate', 'preflight'])
        .default('rotate'),
    )
    .addOption(
      new Option('--owner <owner>', 'who rotates the secret')
        .choices(['schedule', 'secrets-manager'])
        .default('schedule'),
    )
    .addOption(stateMachineArnOption());
  addServiceOptions(command, 'stepFunctions');

  command.action(async (options: Options) => {
    const { secretId, operation, owner } = options;
    if (operation === 'rotate' && owner === 'secrets-manager') {
      command.error(
        '--owner secrets-manager: Secrets Manager starts its rotations itself; use rotate-secret',
      );
    }
    const stateMachineArn = await stateMachineArnOf(command, options);
    const input = JSON.stringify({ secretId, owner, operation });
    const { executionArn = '', startDate } = await callService(
      'stepFunctions',
      { command, options: inRegionOf(stateMachineArn, options) },
      (client) => client.send(new StartExecutionCommand({ stateMachineArn, input })),
    );
    printResult(options.json, { executionArn, startDate }, executionArn);
  });
}
