import { randomUUID } from 'node:crypto';
import type { ExecutionEvent } from '../state-machine/execution-record';
import type { ApplicationDatabase } from '../application/application-database';
import type { DemoSecrets } from './demo-secrets';

/** The master's own rotation, which another service (RDS, mostly) runs when it likes. */
interface MasterRotation {
  /** Follows the application's rotation: the database learns the master's new password while that one waits. */
  onEvent: (event: ExecutionEvent) => void;
  /** @throws what went wrong in the background. */
  ended: () => Promise<void>;
}

/** Announces a new master password, as AWSPENDING, so that the application's rotation meets a master in change. */
export function beginMasterRotation(database: ApplicationDatabase, secrets: DemoSecrets): MasterRotation {
  const version = { versionId: randomUUID(), password: randomUUID() };
  secrets.putMaster({ ...version, stages: ['AWSPENDING'] });

  const finish = async (): Promise<void> => {
    await database.setMasterPassword(version.password);
    // AWSPENDING stays with it, as it does after every rotation.
    secrets.putMaster({ ...version, stages: ['AWSCURRENT', 'AWSPENDING'] });
  };
  let finished: Promise<void> | undefined;
  return {
    onEvent: ({ kind, state }) => {
      if (kind !== 'state-entered' || state !== 'WaitForMasterPassword') return;
      finished = finish();
      finished.catch(() => undefined); // told by `ended`
    },
    ended: async () => {
      await finished;
    },
  };
}
