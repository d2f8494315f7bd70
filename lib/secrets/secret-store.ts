/**
 * What rotation needs from the place where secrets are kept, and nothing more.
 *
 * Every call may throw `SecretStoreUnavailableError` (throttled, no answer: worth another try),
 * `SecretNotFoundError`, `SecretAccessDeniedError` or `SecretMarkedForDeletionError`. No message holds a value.
 */
export interface SecretStore {
  describe(secretId: string): Promise<SecretDescription>;

  /**
   * Reads one version.
   * @returns `undefined` when there is no such version, it has no value, or `versionId` and `stage` do not
   *   belong together (rule S4 of docs/contract.md): the caller describes the secret to tell which.
   */
  read(secretId: string, which: VersionSelector): Promise<SecretValue | undefined>;

  /**
   * Lists the secret's versions, the newest first, those without a label included. Secrets Manager keeps about
   * 100 of the latter (User Guide, "Secret versions").
   */
  listVersions(secretArn: string): Promise<ListedVersion[]>;

  /** Makes a password of `length` characters with all four character classes and none of `exclude`. */
  generatePassword(length: number, exclude: string): Promise<string>;

  /**
   * Writes a value under AWSPENDING.
   * @param rotationToken what Secrets Manager gave its rotation function as a proof; sensitive
   * @returns `false` when the version exists with another value: somebody was faster.
   */
  writePending(secretArn: string, versionId: string, value: string, rotationToken?: string): Promise<boolean>;

  /**
   * Moves AWSCURRENT between two versions: a compare-and-swap.
   * @returns `false` when AWSCURRENT was not on `from`, or the outcome is unknown: the caller reads again.
   */
  promote(secretArn: string, from: string, to: string): Promise<boolean>;
}

export type Stage = 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS';

/** By label, by id, or by both, which must then belong together. */
export type VersionSelector = { stage: Stage; versionId?: string } | { stage?: undefined; versionId: string };

export interface ListedVersion {
  versionId: string;
  stages: string[];
  createdAt: Date | undefined;
}

export interface SecretValue {
  versionId: string;
  /** `undefined` when the value is binary: whoever parses it says so. */
  text: string | undefined;
  createdAt: Date | undefined;
}

export interface SecretDescription {
  arn: string;
  /** Staging labels by version id; a version without a label is not listed. */
  stages: Record<string, string[]>;
  rotationEnabled: boolean;
  changedAt: Date | undefined;
  /** Set while the secret waits for its deletion. */
  deletedAt: Date | undefined;
  /** Set on a replica and on a primary that has replicas. */
  primaryRegion: string | undefined;
  /** The AWS service that manages the secret, for example `rds`. */
  owningService: string | undefined;
}
