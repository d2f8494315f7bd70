import { RotateSecretCommand } from '@aws-sdk/client-secrets-manager';
import type { Command } from 'commander';
import { printResult } from './print-result';
import { addServiceOptions, callService, type ServiceOptions } from './service';

interface Options extends ServiceOptions {
  secretId: string;
  rotationLambdaArn?: string;
  rotateImmediately: boolean;
}

/** `lab rotate-secret`: has Secrets Manager itself begin a rotation, which calls the kickoff function. */
export function addRotateSecretCommand(program: Command): void {
  const command = program
    .command('rotate-secret')
    .description('have Secrets Manager rotate a secret, as the AWS CLI does; prints the version id')
    .requiredOption('--secret-id <id>', "name or ARN of the application's secret")
    .option('--rotation-lambda-arn <arn>', 'the kickoff function; needed the first time')
    .option('--no-rotate-immediately', 'only enable rotation, and have the configuration tested');
  addServiceOptions(command, 'secretsManager');

  command.action(async (options: Options) => {
    const { secretId, rotationLambdaArn, rotateImmediately } = options;
    const request = new RotateSecretCommand({
      SecretId: secretId,
      RotateImmediately: rotateImmediately,
      ...(rotationLambdaArn !== undefined && { RotationLambdaARN: rotationLambdaArn }),
    });
    const { ARN, Name, VersionId } = await callService('secretsManager', { command, options }, (client) =>
      client.send(request),
    );
    printResult(options.json, { arn: ARN, name: Name, versionId: VersionId }, VersionId ?? '');
  });
}
