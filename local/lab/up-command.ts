import type { Command } from 'commander';
import { messageOf } from '../database/failure';
import { loadDefinition } from '../state-machine/load-definition';
import { bundledOption } from './bundled-option';
import { interruptible } from './interruption';
import { LAB_PORTS } from './lab-ports';
import { printResult } from './print-result';
import { timeScaleOption } from './time-scale';
import { instructions } from './up/instructions';
import { portOption } from './up/port-option';
import { requireFreePort } from './up/require-free-port';
import { rotationRetryOptions } from './up/rotation-retry-options';
import { runLab, type LabOptions } from './up/run-lab';

interface Options extends LabOptions {
  json: boolean;
}

/** `lab up`: everything that the service is deployed to, on this machine, until Ctrl-C. */
export function addUpCommand(program: Command): void {
  const command = program
    .command('up')
    .description(
      'run Secrets Manager, Step Functions, CloudTrail and a database here, for rotate-secret and redrive',
    )
    .addOption(portOption('--secrets-manager-port', 'Secrets Manager', LAB_PORTS.secretsManager))
    .addOption(portOption('--step-functions-port', 'Step Functions', LAB_PORTS.stepFunctions))
    .addOption(portOption('--cloudtrail-port', 'CloudTrail', LAB_PORTS.cloudTrail))
    .addOption(timeScaleOption())
    .addOption(bundledOption())
    .option('--json', 'print one JSON document when it is ready', false)
    .option('--verbose', "show the functions' log on standard error", false)
    .addHelpText('after', HELP);
  for (const option of rotationRetryOptions()) command.addOption(option);

  command.action(async (options: Options) => {
    requireSettings(command, options);
    for (const [option, port] of portsOf(options)) await requireFreePort(port, option);
    await interruptible(async ({ signal, exitCode }) => {
      try {
        await runLab(options, {
          signal,
          onProgress: (text) => void process.stderr.write(`${text}\n`),
          onReady: (lab) => {
            printResult(options.json, lab, instructions(lab));
          },
        });
      } catch (error) {
        if (exitCode() === undefined) console.error(messageOf(error));
      }
      // Everything is cleared up; a server that was still starting, or a call under way, may hold us here.
      process.exit(exitCode() ?? 1);
    });
  });
}

const portsOf = (options: Options): [option: string, port: number][] => [
  ['--secrets-manager-port', options.secretsManagerPort],
  ['--step-functions-port', options.stepFunctionsPort],
  ['--cloudtrail-port', options.cloudtrailPort],
];

function requireSettings(command: Command, options: Options): void {
  const byPort = Map.groupBy(portsOf(options), ([, port]) => port);
  for (const [port, equal] of byPort) {
    const [first, second] = equal.map(([option]) => option);
    if (port !== 0 && second !== undefined) command.error(`${first ?? ''} and ${second} are equal`);
  }
  try {
    loadDefinition();
  } catch (error) {
    command.error(messageOf(error));
  }
}

const HELP = `
The database is a private MySQL, or the server that ROTATION_MYSQL_URL names. Waits and limits of a deployment
are read from the environment: DB_PASSWORD_PROPAGATION_WAIT, ALLOW_MISSING_RIGHTS, ...

Exit code: 130 after Ctrl-C, 1 it could not begin (why is on standard error), 2 wrong use.`;
