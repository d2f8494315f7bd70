import { Command } from 'commander';
import { runProgram, strict } from '../local/lab/command-line';
import { interruptible } from '../local/lab/interruption';
import { printResult } from '../local/lab/print-result';
import { experiments } from './experiments';
import { addOptions, paceOf, type Options } from './options';
import { exitCodeOf } from './report/document';
import { answerTable, experimentTable, listedExperiment } from './report/table';
import { requireRequest } from './request';
import { verify } from './verify';

const HELP = `
It deploys nothing and reads no secret's value. Each experiment restores what it changed: the rotation
configuration and AWSPENDING; AWSCURRENT stays with the version that a rotation has proved. CloudTrail shows events
minutes late, so all of it takes hours, most of them waiting. Nobody else may rotate the secret meanwhile: its events
name the secret and no version.

Rights: secretsmanager DescribeSecret, RotateSecret, CancelRotateSecret, UpdateSecretVersionStage; states
DescribeStateMachine, StartExecution, StopExecution, RedriveExecution, DescribeExecution, ListExecutions,
GetExecutionHistory; cloudtrail LookupEvents; lambda InvokeFunction on kickoff, which RotateSecret asks for.

Against another endpoint, such as the lab: AWS_ENDPOINT_URL_SECRETS_MANAGER, AWS_ENDPOINT_URL_SFN and
AWS_ENDPOINT_URL_CLOUDTRAIL, or the options. The answers then prove nothing about AWS, and say so.

Exit code: 0 every question has an answer and none is against the design; 1 otherwise, or when something could not
be restored; 2 wrong use; 130 after Ctrl-C, once everything is restored (a second one does not wait for that).`;

/** Asks AWS what its documentation does not say, with a test secret and a deployed stack. */
const program = addOptions(strict(new Command('verify:aws')))
  .description('settle by experiments in an AWS account what cannot be proved without one')
  .addHelpText('after', HELP);

program.action(async (options: Options) => {
  const pace = paceOf(options);
  const chosen = experiments.filter(({ id }) => options.only?.includes(id) ?? true);
  if (options.list) {
    const listed = chosen.map((experiment) => listedExperiment(experiment, pace));
    printResult(options.json, { experiments: listed }, experimentTable(listed));
    return;
  }
  const request = await requireRequest(program, options);
  await interruptible(async ({ signal, exitCode }) => {
    const document = await verify(chosen, { ...request, pace, signal, say });
    printResult(options.json, document, answerTable(document));
    process.exitCode = exitCode() ?? exitCodeOf(document.experiments);
  });
});

/** Progress; standard output is the result's alone. */
function say(text: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
}

void runProgram(program);
