import {
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
  type ListSecretVersionIdsResponse,
  type SecretsManagerClient,
  type SecretVersionsListEntry,
} from '@aws-sdk/client-secrets-manager';
import { SecretStoreUnavailableError } from '../errors';
import type {
  ListedVersion,
  SecretDescription,
  SecretStore,
  SecretValue,
  VersionSelector,
} from './secret-store';
import { answer, nameOf, translateStoreError } from './store-errors';

/** 100 versions each, which is the service's own limit for a page; more pages than a secret can fill. */
const MOST_PAGES = 10;

/** Secrets Manager behind the port. Messages are written here: the service's own could quote a parameter. */
export class SecretsManagerStore implements SecretStore {
  constructor(private readonly client: SecretsManagerClient) {}

  async describe(secretId: string): Promise<SecretDescription> {
    const secret = await answer('DescribeSecret', secretId, () =>
      this.client.send(new DescribeSecretCommand({ SecretId: secretId })),
    );
    return {
      arn: secret.ARN ?? secretId,
      stages: secret.VersionIdsToStages ?? {},
      rotationEnabled: secret.RotationEnabled ?? false,
      changedAt: secret.LastChangedDate,
      deletedAt: secret.DeletedDate,
      primaryRegion: secret.PrimaryRegion,
      owningService: secret.OwningService,
    };
  }

  async read(secretId: string, { stage, versionId }: VersionSelector): Promise<SecretValue | undefined> {
    try {
      const value = await this.client.send(
        new GetSecretValueCommand({ SecretId: secretId, VersionStage: stage, VersionId: versionId }),
      );
      const hasValue = value.SecretString !== undefined || value.SecretBinary !== undefined;
      if (!hasValue || value.VersionId === undefined) return undefined;
      return { versionId: value.VersionId, text: value.SecretString, createdAt: value.CreatedDate };
    } catch (error) {
      if (isNamed(error, 'ResourceNotFoundException', 'InvalidRequestException')) return undefined;
      throw translateStoreError('GetSecretValue', secretId, error);
    }
  }

  async listVersions(secretArn: string): Promise<ListedVersion[]> {
    const versions: ListedVersion[] = [];
    let token: string | undefined;
    let pages = 0;
    do {
      const page = await this.pageOfVersions(secretArn, token);
      versions.push(...(page.Versions ?? []).flatMap(listedVersion));
      token = page.NextToken;
      pages += 1;
    } while (token !== undefined && pages < MOST_PAGES);
    // The API reference promises no order. The sort is stable: versions of one second keep the service's order.
    return versions.sort((one, other) => timeOf(other) - timeOf(one));
  }

  private pageOfVersions(
    secretArn: string,
    token: string | undefined,
  ): Promise<ListSecretVersionIdsResponse> {
    return answer('ListSecretVersionIds', secretArn, () =>
      this.client.send(
        new ListSecretVersionIdsCommand({
          SecretId: secretArn,
          IncludeDeprecated: true,
          MaxResults: 100,
          NextToken: token,
        }),
      ),
    );
  }

  async generatePassword(length: number, exclude: string): Promise<string> {
    const made = await answer('GetRandomPassword', undefined, () =>
      this.client.send(
        new GetRandomPasswordCommand({
          PasswordLength: length,
          ExcludeCharacters: exclude,
          RequireEachIncludedType: true,
        }),
      ),
    );
    if (made.RandomPassword === undefined) {
      throw new SecretStoreUnavailableError('GetRandomPassword answered without a password');
    }
    return made.RandomPassword;
  }

  async writePending(
    secretArn: string,
    versionId: string,
    value: string,
    rotationToken?: string,
  ): Promise<boolean> {
    try {
      await this.client.send(
        new PutSecretValueCommand({
          SecretId: secretArn,
          ClientRequestToken: versionId,
          SecretString: value,
          // Left out, the call would move AWSCURRENT (API reference, PutSecretValue, VersionStages).
          VersionStages: ['AWSPENDING'],
          RotationToken: rotationToken,
        }),
      );
      return true;
    } catch (error) {
      if (isNamed(error, 'ResourceExistsException')) return false;
      throw translateStoreError('PutSecretValue', secretArn, error);
    }
  }

  async promote(secretArn: string, from: string, to: string): Promise<boolean> {
    try {
      await this.client.send(
        new UpdateSecretVersionStageCommand({
          SecretId: secretArn,
          VersionStage: 'AWSCURRENT',
          RemoveFromVersionId: from,
          MoveToVersionId: to,
        }),
      );
      return true;
    } catch (error) {
      // Not found, too: a version that was written a moment ago need not be known everywhere yet.
      const isRefused = isNamed(
        error,
        'InvalidParameterException',
        'InvalidRequestException',
        'ResourceNotFoundException',
      );
      if (isRefused) return false;
      const translated = translateStoreError('UpdateSecretVersionStage', secretArn, error);
      // The call may have been carried out although its answer was lost.
      if (translated instanceof SecretStoreUnavailableError) return false;
      throw translated;
    }
  }
}

const timeOf = ({ createdAt }: ListedVersion): number => createdAt?.getTime() ?? 0;

function listedVersion({ VersionId, VersionStages, CreatedDate }: SecretVersionsListEntry): ListedVersion[] {
  if (VersionId === undefined) return [];
  return [{ versionId: VersionId, stages: VersionStages ?? [], createdAt: CreatedDate }];
}

function isNamed(error: unknown, ...names: string[]): boolean {
  return names.includes(nameOf(error));
}
