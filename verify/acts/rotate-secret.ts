import { randomUUID } from 'node:crypto';
import { RotateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { executionNames } from '../../lib/rotation/kickoff/execution-names';
import type { Bench } from '../bench';
import { describeSecret } from '../looks/secret';
import { notedCall } from './noted-call';

/** A rotation that Secrets Manager was asked for. */
export interface Rotation {
  readonly versionId: string;
  /** The execution that kickoff starts for it: its name is made of the secret and the version. */
  readonly executionArn: string;
  readonly askedAt: Date;
}

/** RotateSecret needs rules the first time. */
const RULES = { AutomaticallyAfterDays: 30 };

/** Has Secrets Manager rotate the secret through kickoff, at once. */
export async function rotateSecret(bench: Bench): Promise<Rotation> {
  const { clients, target, executionArns } = bench;
  const { secretArn, stateMachineArn, kickoffArn } = target;
  const versionId = randomUUID();
  const [name = ''] = executionNames(
    { Step: 'createSecret', SecretId: secretArn, ClientRequestToken: versionId },
    'rotate',
  );
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  executionArns.add(executionArn);
  const { rotationRules = RULES } = await describeSecret(clients.secrets, secretArn);
  const askedAt = new Date();
  const command = new RotateSecretCommand({
    SecretId: secretArn,
    ClientRequestToken: versionId,
    RotationLambdaARN: kickoffArn,
    RotationRules: rotationRules,
  });
  const what = `RotateSecret through kickoff: version ${versionId}`;
  await notedCall(bench, 'Secrets Manager', clients.secrets.send(command), what);
  return { versionId, executionArn, askedAt };
}
