/** `npm run check:stack`: packages every combination of parameters, and checks each template and its permissions. */
import { readFileSync, statSync } from 'node:fs';
import { Command } from 'commander';
import pc from 'picocolors';
import { messageOf } from '../../local/database/failure';
import { runProgram, strict } from '../../local/lab/command-line';
import { checkStack } from './check/check-stack';
import { observeCalls } from './check/observe-calls';
import { readCalls, readCallsIn, type ObservedCall } from './check/permissions/observed-call';
import { chooseProgress } from './check/progress';
import { faultsOf, type StackReport } from './check/stack-report';
import { COMBINATIONS, type Combination } from './combinations';

interface Options {
  json: boolean;
  calls?: string;
  only: string[];
}

const program = strict(new Command('check:stack'))
  .description('package every combination of parameters, and check templates and permissions')
  .option('--calls <path>', 'compare with the calls noted there: a file, or the folder of a test run')
  .option(
    '--only <name>',
    'check this combination; may be repeated',
    (name: string, all: string[]) => [...all, name],
    [],
  )
  .option('--json', 'print one JSON document', false)
  .addHelpText('after', '\nExit code: 0 nothing was found, 1 something was, 2 wrong use.');

function chosen(names: string[]): readonly Combination[] {
  if (names.length === 0) return COMBINATIONS;
  return names.map((name) => {
    const combination = COMBINATIONS.find((one) => one.name === name);
    const known = COMBINATIONS.map((one) => `  ${one.name}`).join('\n');
    return combination ?? program.error(`--only: there is no combination "${name}"; there are\n${known}`);
  });
}

function readGiven(path: string): ObservedCall[] {
  try {
    return statSync(path).isDirectory() ? readCallsIn(path) : readCalls(readFileSync(path, 'utf8'));
  } catch (error) {
    return program.error(`--calls: ${path}: ${messageOf(error)}`);
  }
}

function summary(report: StackReport): string {
  const faults = faultsOf(report);
  const { combinations, justifiedWildcards } = report;
  const resources = combinations.reduce((sum, combination) => sum + combination.resources, 0);
  const count = `${combinations.length} combinations, ${resources} resources, ${justifiedWildcards.length} justified wildcards`;
  if (faults.length === 0) return `${count}: ${pc.green('nothing was found')}`;
  return [...faults, `${count}: ${pc.red(`${faults.length} faults`)}`].join('\n');
}

program.action(async (options: Options) => {
  const combinations = chosen(options.only);
  const given = options.calls === undefined ? undefined : readGiven(options.calls);
  // Not under a line that moves: the tests say themselves how far they are.
  const calls = given ?? (await observeCalls());
  const report = await checkStack(combinations, calls, chooseProgress());
  process.stdout.write(`${options.json ? JSON.stringify(report, null, 2) : summary(report)}\n`);
  process.exitCode = faultsOf(report).length === 0 ? 0 : 1;
});

void runProgram(program);
