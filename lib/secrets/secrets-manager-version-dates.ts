import { ListSecretVersionIdsCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecretNotFoundError } from '../errors';
import { answer } from './store-errors';
import type { VersionDates } from './version-dates';

/** Secrets Manager behind the port. */
export class SecretsManagerVersionDates implements VersionDates {
  constructor(private readonly client: SecretsManagerClient) {}

  async current(secretArn: string): Promise<{ secretName: string; createdAt: Date }> {
    let token: string | undefined;
    do {
      // Without deprecated versions there is one entry per label at most, so a second page is a rarity.
      const page = await answer('ListSecretVersionIds', secretArn, () =>
        this.client.send(new ListSecretVersionIdsCommand({ SecretId: secretArn, NextToken: token })),
      );
      const current = page.Versions?.find(({ VersionStages }) => VersionStages?.includes('AWSCURRENT'));
      if (current?.CreatedDate !== undefined) {
        return { secretName: page.Name ?? secretArn, createdAt: current.CreatedDate };
      }
      token = page.NextToken;
    } while (token !== undefined);
    throw new SecretNotFoundError(`ListSecretVersionIds for ${secretArn}: no version is AWSCURRENT`);
  }
}
