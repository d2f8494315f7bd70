import { CancelRotateSecretCommand } from '@aws-sdk/client-secrets-manager';
import type { Bench } from '../bench';
import { notedCall } from './noted-call';

/** Turns rotation by Secrets Manager off: what a scheduled execution asks for. */
export async function cancelRotation(bench: Bench): Promise<void> {
  const command = new CancelRotateSecretCommand({ SecretId: bench.target.secretArn });
  await notedCall(bench, 'Secrets Manager', bench.clients.secrets.send(command), 'CancelRotateSecret');
}
