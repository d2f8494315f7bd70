import { randomUUID } from 'node:crypto';
import type { SecretFacts } from './secret';
import type { SecretStore } from './store';
import { CURRENT, moveStage, withVersion } from './versions';

/** A secret to begin with: facts, and a value that becomes AWSCURRENT. */
interface SeededSecret extends SecretFacts {
  readonly name: string;
  readonly value?: string;
}

/** A version to add. Without a value it is the empty version that a rotation announces. */
interface SeededVersion {
  readonly versionId: string;
  readonly value?: string;
  readonly stages: readonly string[];
}

/** Brings about, in process, what over the wire only AWS itself could bring about. */
export interface Seed {
  /** Adds a secret, or replaces the one with its name. @returns its ARN */
  secret(seeded: SeededSecret): string;
  /** Makes these facts true of a secret; a fact given as `undefined` is no longer true. */
  facts(secretId: string, facts: SecretFacts): void;
  /** Adds a version, or replaces the one with its id, and moves the labels to it. */
  version(secretId: string, seeded: SeededVersion): void;
}

export function seedInto(store: SecretStore, now: () => Date): Seed {
  const version = (secretId: string, { versionId, value, stages }: SeededVersion) => {
    const secret = store.find(secretId);
    const added = {
      versionId,
      stages: [],
      createdDate: now(),
      ...(value !== undefined && { value: { SecretString: value } }),
    };
    const versions = stages.reduce(
      (labelled, stage) => moveStage(labelled, stage, versionId),
      withVersion(secret.versions, added),
    );
    store.save({ ...secret, versions, lastChangedDate: now() });
  };
  return {
    version,
    secret: ({ name, value, ...facts }) => {
      const arn = store.arnFor(name);
      store.save({ ...facts, arn, name, createdDate: now(), lastChangedDate: now(), versions: new Map() });
      if (value !== undefined) version(arn, { versionId: randomUUID(), value, stages: [CURRENT] });
      return arn;
    },
    facts: (secretId, facts) => {
      store.save({ ...store.find(secretId), ...facts });
    },
  };
}
