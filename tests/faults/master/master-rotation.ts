import { randomUUID } from 'node:crypto';
import type { World } from '../../support/world';

/** The four steps of a master's own rotation, as Secrets Manager orders them; testSecret changes nothing. */
export const MASTER_STEPS = ['create', 'set', 'test', 'finish'] as const;

/**
 * A single-user rotation of the master, as RDS does it: its password changes in the secret first, and at the server
 * some time after it was asked for.
 */
export class MasterRotation {
  private readonly password = randomUUID();
  private readonly versionId = randomUUID();
  private done = 0;
  private isSetAsked = false;
  private isSet = false;

  constructor(private readonly world: World) {}

  /** Does the next step. `set` only asks the server; `arrive` is when the server has heard. */
  async next(): Promise<void> {
    const step = MASTER_STEPS[this.done];
    this.done += 1;
    if (step === 'create') await this.label('AWSPENDING');
    if (step === 'set') this.isSetAsked = true;
    if (step === 'finish') await this.label('AWSCURRENT');
  }

  /** The server has the new password, if it was asked for. */
  async arrive(): Promise<void> {
    if (!this.isSetAsked || this.isSet) return;
    this.isSet = true;
    await this.world.admin.run(`ALTER USER '${this.world.master.username}' IDENTIFIED BY '${this.password}'`);
  }

  private async label(stage: string): Promise<void> {
    const { secrets, masterArn } = this.world;
    const current = await this.world.secret('AWSCURRENT', masterArn);
    const value = JSON.stringify({ ...current, password: this.password });
    secrets.seed.version(masterArn, { versionId: this.versionId, value, stages: [stage] });
  }
}
