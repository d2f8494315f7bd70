import { withEpochDates } from './answer-dates';
import type { Secret } from './secret';

/** What DescribeSecret and ListSecrets tell alike about a secret; members that are undefined are not sent. */
export function describe(secret: Secret): object {
  const { rotation } = secret;
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId,
    RotationEnabled: rotation?.enabled,
    RotationLambdaARN: rotation?.lambdaArn,
    RotationRules: rotation?.rules,
    OwningService: secret.owningService,
    PrimaryRegion: secret.primaryRegion,
    Tags: secret.tags,
    ...withEpochDates({
      CreatedDate: secret.createdDate,
      LastChangedDate: secret.lastChangedDate,
      LastAccessedDate: secret.lastAccessedDate,
      DeletedDate: secret.deletedDate,
      LastRotatedDate: rotation?.lastRotatedDate,
      NextRotationDate: rotation?.enabled === true ? rotation.nextRotationDate : undefined,
    }),
  };
}

/** The labels by version id. Deprecated versions do not appear; without any label the map is not sent. */
export function stagesByVersionId({ versions }: Secret): Record<string, readonly string[]> | undefined {
  const labelled = [...versions.values()].filter(({ stages }) => stages.length > 0);
  if (labelled.length === 0) return undefined;
  return Object.fromEntries(labelled.map(({ versionId, stages }) => [versionId, stages]));
}
