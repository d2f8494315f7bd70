import { SecretFormatError, UnsupportedEngineError } from '../errors';
import { parseCredential, type Credential } from '../secrets/credential';
import type { SecretStore, SecretValue, Stage } from '../secrets/secret-store';

/** In the order in which they are likely to hold the standby's password. */
const LABELS: readonly Stage[] = ['AWSPREVIOUS', 'AWSPENDING', 'AWSCURRENT'];

/** Each costs a call, and its password a hash; who lost its password so long ago is set by hand. */
const MOST_VERSIONS = 20;

/** A credential and the version that holds it. */
export interface KnownPassword extends Credential {
  versionId: string;
  /** The label by which it was read; undefined for a version that was read by its id. */
  stage: Stage | undefined;
  createdAt: Date | undefined;
}

/**
 * The credentials of a secret's versions that name `username`, each read only when it is asked for: by label
 * first, then the versions without a label, the newest first. The labels alone are not enough: an edit of
 * AWSCURRENT moves AWSPREVIOUS, and a version that was withdrawn has no label any more.
 *
 * Versions that are malformed, empty or gone are passed over, and a password that was given already.
 */
export async function* knownPasswords(
  secrets: SecretStore,
  secretArn: string,
  username: string,
): AsyncGenerator<KnownPassword> {
  const given = new Set<string>();
  for await (const value of readVersions(secrets, secretArn)) {
    const credential = credentialIn(value);
    if (credential?.username !== username || given.has(credential.password)) continue;
    given.add(credential.password);
    const { versionId, createdAt, stage } = value;
    yield { ...credential, versionId, createdAt, stage };
  }
}

async function* readVersions(
  secrets: SecretStore,
  secretArn: string,
): AsyncGenerator<SecretValue & { stage: Stage | undefined }> {
  const seen = new Set<string>();
  for (const stage of LABELS) {
    const value = await secrets.read(secretArn, { stage });
    if (value === undefined || seen.has(value.versionId)) continue;
    seen.add(value.versionId);
    yield { ...value, stage };
  }
  const others = (await secrets.listVersions(secretArn)).filter(({ versionId }) => !seen.has(versionId));
  for (const { versionId } of others.slice(0, MOST_VERSIONS - seen.size)) {
    const value = await secrets.read(secretArn, { versionId });
    if (value !== undefined) yield { ...value, stage: undefined };
  }
}

/** What a version holds; undefined when it is malformed. */
export function credentialIn({ text }: Pick<SecretValue, 'text'>): Credential | undefined {
  try {
    return parseCredential(text, 'a version');
  } catch (error) {
    if (error instanceof SecretFormatError || error instanceof UnsupportedEngineError) return undefined;
    throw error;
  }
}
