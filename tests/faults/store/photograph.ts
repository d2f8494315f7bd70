import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../../local/aws/secrets-manager/errors';
import { operations } from '../../../local/aws/secrets-manager/operations';
import { Rotations } from '../../../local/aws/secrets-manager/rotation/rotations';
import { SecretStore } from '../../../local/aws/secrets-manager/store';
import type { Version } from '../../../local/aws/secrets-manager/versions';
import { operationNamed } from '../../../local/aws/protocol/operation';
import type { Past } from './store-line';

const now = (): Date => new Date();

/** Takes what every read of a secret would be answered now. */
export async function photograph(client: SecretsManagerClient, secretId: string): Promise<Past> {
  const {
    ARN = '',
    Name = '',
    CreatedDate,
    LastChangedDate,
    VersionIdsToStages = {},
  } = await client.send(new DescribeSecretCommand({ SecretId: secretId }));
  const versions = await Promise.all(
    Object.entries(VersionIdsToStages).map(([id, stages]) => versionOf(client, ARN, id, stages)),
  );
  const [, , , region = '', account = ''] = ARN.split(':');
  const store = new SecretStore(region, account);
  store.save({
    arn: ARN,
    name: Name,
    createdDate: CreatedDate ?? now(),
    lastChangedDate: LastChangedDate ?? now(),
    versions: new Map(versions.map((version) => [version.versionId, version])),
  });
  return answerFrom(store);
}

async function versionOf(
  client: SecretsManagerClient,
  arn: string,
  versionId: string,
  stages: string[],
): Promise<Version> {
  const { SecretString = '', CreatedDate } = await client.send(
    new GetSecretValueCommand({ SecretId: arn, VersionId: versionId }),
  );
  return { versionId, stages, value: { SecretString }, createdDate: CreatedDate ?? now() };
}

function answerFrom(store: SecretStore): Past {
  const options = { functions: {}, retries: { count: 0, delayMs: 0 }, onEvent: () => undefined };
  const rotations = new Rotations(store, now, options);
  return async ({ operation, body }) => {
    try {
      const context = { store, now, rotations, accessKeyId: undefined };
      const answer = await operationNamed(operations, operation).answer(body, context);
      return { status: 200, body: JSON.stringify(answer) };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { status: error.status, body: JSON.stringify({ __type: error.name, Message: error.message }) };
    }
  };
}
