import type { Command } from 'commander';
import { executionArnOption, inRegionOf } from './execution-arn-option';
import { historyTable } from './history/history-table';
import { latestExecutionArn, readExecution } from './history/read-execution';
import { printResult } from './print-result';
import { addServiceOptions, callService } from './service';
import { stateMachineArnOf, stateMachineArnOption, type StateMachineOptions } from './state-machine-arn';

interface Options extends StateMachineOptions {
  executionArn?: string;
}

/** `lab history`: what became of an execution, state by state. */
export function addHistoryCommand(program: Command): void {
  const command = program
    .command('history')
    .description('show the states of an execution with times, attempts and errors')
    .addOption(executionArnOption('by default the latest of the state machine'))
    .addOption(stateMachineArnOption());
  addServiceOptions(command, 'stepFunctions');

  command.action(async (options: Options) => {
    const { executionArn } = options;
    const ofMachine = executionArn === undefined ? await stateMachineArnOf(command, options) : '';
    const report = await callService(
      'stepFunctions',
      { command, options: inRegionOf(executionArn ?? ofMachine, options) },
      async (client) => readExecution(client, executionArn ?? (await latestExecutionArn(client, ofMachine))),
    );
    printResult(options.json, report, historyTable(report));
  });
}
