import { randomInt } from 'node:crypto';
import { notFound } from './errors';
import type { Secret } from './secret';

const SUFFIX_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SUFFIX_LENGTH = 6;

/** All secrets of one account in one Region, in memory, oldest first. */
export class SecretStore {
  readonly #byName = new Map<string, Secret>();

  constructor(
    readonly region: string,
    readonly accountId: string,
  ) {}

  all(): readonly Secret[] {
    return [...this.#byName.values()];
  }

  withName(name: string): Secret | undefined {
    return this.#byName.get(name);
  }

  /**
   * Finds a secret by name, by ARN, or by an ARN without its last hyphen and six characters.
   * @throws ResourceNotFoundException
   */
  find(secretId: string): Secret {
    const secret = secretId.startsWith('arn:')
      ? this.all().find(({ arn }) => arn === secretId || withoutSuffix(arn) === secretId)
      : this.withName(secretId);
    if (secret === undefined) throw notFound("Secrets Manager can't find the specified secret.");
    return secret;
  }

  /** Finds a secret by its complete ARN; one that was made anew under the same name has another. */
  withArn(arn: string): Secret | undefined {
    return this.all().find((secret) => secret.arn === arn);
  }

  /** Adds the secret or replaces the one with its name. */
  save(secret: Secret): void {
    this.#byName.set(secret.name, secret);
  }

  /** Forgets the secret with this name. */
  remove(name: string): void {
    this.#byName.delete(name);
  }

  /** A fresh ARN: the six characters keep a secret apart from a deleted one that had the same name. */
  arnFor(name: string): string {
    const suffix = Array.from({ length: SUFFIX_LENGTH }, () =>
      SUFFIX_CHARACTERS.charAt(randomInt(SUFFIX_CHARACTERS.length)),
    ).join('');
    return `arn:aws:secretsmanager:${this.region}:${this.accountId}:secret:${name}-${suffix}`;
  }
}

function withoutSuffix(arn: string): string {
  return arn.slice(0, -(SUFFIX_LENGTH + 1));
}
