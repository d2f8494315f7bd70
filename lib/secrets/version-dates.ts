/** What reporting needs from the place where secrets are kept: when, and never what. */
export interface VersionDates {
  /**
   * Tells when the version that is AWSCURRENT was written. It throws what calls of a `SecretStore` throw, and
   * `SecretNotFoundError` when no version is AWSCURRENT.
   */
  current(secretArn: string): Promise<{ secretName: string; createdAt: Date }>;
}
