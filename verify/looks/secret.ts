import {
  DescribeSecretCommand,
  type RotationRulesType,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Bench } from '../bench';

/** What DescribeSecret tells that an experiment may change, or waits for. */
export interface SecretFacts {
  readonly arn: string;
  readonly isDeleted: boolean;
  readonly isRotationEnabled: boolean;
  readonly rotationLambdaArn: string | undefined;
  readonly rotationRules: RotationRulesType | undefined;
  readonly lastRotatedDate: Date | undefined;
  /** The version id by label. */
  readonly labels: Readonly<Record<string, string>>;
  readonly requestId: string | undefined;
}

export async function describeSecret(client: SecretsManagerClient, secretId: string): Promise<SecretFacts> {
  const found = await client.send(new DescribeSecretCommand({ SecretId: secretId }));
  const labels = Object.entries(found.VersionIdsToStages ?? {}).flatMap(([versionId, stages]) =>
    stages.map((stage) => [stage, versionId]),
  );
  return {
    arn: found.ARN ?? secretId,
    isDeleted: found.DeletedDate !== undefined,
    isRotationEnabled: found.RotationEnabled ?? false,
    rotationLambdaArn: found.RotationLambdaARN,
    rotationRules: found.RotationRules,
    lastRotatedDate: found.LastRotatedDate,
    labels: Object.fromEntries(labels) as Record<string, string>,
    requestId: found.$metadata.requestId,
  };
}

/** The version that is AWSPENDING and not AWSCURRENT: a rotation that is under way, or was left behind. */
export function unfinishedVersion({ labels }: SecretFacts): string | undefined {
  const { AWSPENDING: pending, AWSCURRENT: current } = labels;
  return pending === current ? undefined : pending;
}

/** Looks at the secret, and takes every change of its labels and its rotation as evidence. */
export class SecretWatch {
  #last = '';

  constructor(readonly bench: Bench) {}

  async look(): Promise<SecretFacts> {
    const { clients, target, evidence } = this.bench;
    const facts = await describeSecret(clients.secrets, target.secretArn);
    const what = textOf(facts);
    if (what !== this.#last) {
      this.#last = what;
      evidence.add({
        at: new Date().toISOString(),
        source: 'Secrets Manager',
        what: `DescribeSecret: ${what}`,
        ...(facts.requestId !== undefined && { requestId: facts.requestId }),
      });
    }
    return facts;
  }
}

function textOf({ labels, isRotationEnabled, lastRotatedDate }: SecretFacts): string {
  const stages = ['AWSCURRENT', 'AWSPENDING', 'AWSPREVIOUS'].flatMap((stage) => {
    const versionId = labels[stage];
    return versionId === undefined ? [] : [`${stage} ${versionId}`];
  });
  const rotated = lastRotatedDate?.toISOString() ?? 'never';
  return [...stages, `RotationEnabled ${isRotationEnabled}`, `LastRotatedDate ${rotated}`].join(', ');
}
