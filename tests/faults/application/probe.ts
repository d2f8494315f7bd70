import type { Login } from '../../support/database';

/** What a probe has found since it was last asked. */
export interface Tally {
  tried: number;
  /** One text for each that failed, with the server's number and message. */
  failures: string[];
}

/** An application of one kind, which goes on doing what it does. */
export interface Probe {
  readonly name: string;
  /** Does it once. Never throws because of the database. */
  round(): Promise<void>;
  /** What was found since the last time, and begins anew. */
  take(): Tally;
}

export type ReadSecret = () => Promise<Login>;

/** A tally that a probe keeps. */
export class Counter {
  private tally: Tally = { tried: 0, failures: [] };

  /** @param failure what went wrong; `undefined` when nothing did */
  add(failure: string | undefined): void {
    this.tally.tried += 1;
    if (failure !== undefined) this.tally.failures.push(failure);
  }

  take(): Tally {
    const { tally } = this;
    this.tally = { tried: 0, failures: [] };
    return tally;
  }
}
