import type { Command } from 'commander';
import { loadDefinition } from '../state-machine/load-definition';
import { messageOf } from '../database/failure';
import { applyAwsSettings, type AwsOptions } from './aws-settings';
import { bundledOption, type Bundled } from './bundled-option';
import { endpointUrlOption } from './endpoint-url-option';
import { interruptible } from './interruption';
import { requireCaller } from './require-caller';
import { rotate } from './rotate';
import { rotationTable } from './rotation-table';
import { timeScaleOption } from './time-scale';

interface Options extends AwsOptions {
  secretId: string;
  timeScale: number;
  bundled: Bundled;
  json: boolean;
  verbose: boolean;
}

/** `lab rotate`: one rotation of one secret, wherever it is. */
export function addRotateCommand(program: Command): void {
  const command = program
    .command('rotate')
    .description('rotate one secret, in any Secrets Manager, with the steps of this checkout')
    .requiredOption('--secret-id <id>', "name or ARN of the application's secret")
    .addOption(endpointUrlOption())
    .option('--region <region>', 'by default AWS_REGION')
    .addOption(timeScaleOption())
    .addOption(bundledOption())
    .option('--json', 'print one JSON document', false)
    .option('--verbose', "show the steps' log on standard error", false)
    .addHelpText('after', SETTINGS);

  command.action(async (options: Options) => {
    applyAwsSettings(options);
    await requireSettings(command);
    await interruptible(async ({ signal }) => {
      const report = await rotate({ ...options, signal });
      process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : rotationTable(report));
      process.exitCode = report.status === 'SUCCEEDED' ? 0 : 1;
    });
  });
}

/** What could not be deployed, or would call nobody, is a matter of how the command was called, not of the rotation. */
async function requireSettings(command: Command): Promise<void> {
  try {
    loadDefinition();
    await requireCaller();
  } catch (error) {
    command.error(messageOf(error));
  }
}

const SETTINGS = `
Settings are those of a deployment, from the environment: MASTER_SECRET_ARN, APP_USER_1, APP_USER_2,
DB_CA_BUNDLE_PATH, DB_PASSWORD_PROPAGATION_WAIT, ... and the AWS SDK's own.

Exit code: 0 the rotation succeeded, 1 it did not, 2 wrong use.`;
