import { RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import type { Command } from 'commander';
import { executionArnOption, inRegionOf } from './execution-arn-option';
import { printResult } from './print-result';
import { addServiceOptions, callService, type ServiceOptions } from './service';

interface Options extends ServiceOptions {
  executionArn: string;
}

/** `lab redrive`: has a failed execution go on at the state that failed. */
export function addRedriveCommand(program: Command): void {
  const command = program
    .command('redrive')
    .description('have a failed execution go on at the state that failed; prints when')
    .addOption(executionArnOption('the execution').makeOptionMandatory());
  addServiceOptions(command, 'stepFunctions');

  command.action(async ({ executionArn, ...options }: Options) => {
    const { redriveDate } = await callService(
      'stepFunctions',
      { command, options: inRegionOf(executionArn, options) },
      (client) => client.send(new RedriveExecutionCommand({ executionArn })),
    );
    printResult(options.json, { executionArn, redriveDate }, redriveDate?.toISOString() ?? '');
  });
}
