import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ExecutionRecord } from '../../../local/state-machine/execution-record';
import type { RunOptions } from '../../../local/state-machine/run-state-machine';
import { steps } from '../../../local/steps';
import type { World } from '../../support/world';
import { realHandlers } from '../crash/crossings';
import { Lost, type Crossing } from '../harness/crossing';
import type { FaultCloud } from '../harness/fault-cloud';

/** Turns of the event loop in which a call that was made at the same time comes to its crossing too. */
const TURNS = 10;

export interface StepCall {
  step: keyof typeof realHandlers;
  event: unknown;
}

/** A crossing by its number, or by its moment and call, such as `before secrets-manager PutSecretValue`. */
export type Stop = number | string;

const nameOf = ({ moment, what }: Crossing): string => `${moment} ${what}`;

/** One of two executions, of which one at a time goes on while the other stands still. */
export class Rival {
  /** What it has said so far. */
  readonly crossings: Crossing[] = [];
  readonly calls: StepCall[] = [];
  private running: Promise<ExecutionRecord> | undefined;
  private wake: (() => void) | undefined;

  constructor(
    private readonly cloud: FaultCloud,
    private readonly world: World,
    private readonly options: Partial<RunOptions> = {},
  ) {}

  /**
   * Goes on until a crossing, and stands still there, or to its end.
   * @param stop the crossing's number, counted from 1, or its moment and call
   * @param lostAt the crossing whose bytes do not arrive
   * @returns its record when it has ended
   */
  async goTo(stop: Stop, lostAt = 0): Promise<ExecutionRecord | undefined> {
    const { interference, databaseWire } = this.cloud;
    const reached = Promise.withResolvers<Crossing>();
    interference.watch = (crossing) => {
      this.crossings.push(crossing);
      const count = this.crossings.length;
      if (count === lostAt) throw new Lost();
      if (stop !== count && stop !== nameOf(crossing)) return undefined;
      interference.watch = undefined;
      const opened = Promise.withResolvers<undefined>();
      this.wake = () => {
        opened.resolve(undefined);
      };
      reached.resolve(crossing);
      return opened.promise;
    };
    this.wake?.();
    this.running ??= this.start();
    const first = await Promise.race([
      reached.promise.then((crossing) => ({ crossing })),
      this.running.then((record) => ({ record })),
    ]);
    interference.watch = undefined;
    if ('record' in first) return first.record;
    for (let turn = 0; turn < TURNS; turn += 1) await nextTurn();
    // As the server does with a session that is silent for longer than its lease.
    if (first.crossing.what === 'database') databaseWire.hangUp();
    return undefined;
  }

  /** Goes on to its end. */
  async end(lostAt = 0): Promise<ExecutionRecord> {
    const record = await this.goTo(Infinity, lostAt);
    if (record === undefined) throw new Error('an execution neither ended nor stood still');
    return record;
  }

  private start(): Promise<ExecutionRecord> {
    const names = Object.keys(realHandlers) as StepCall['step'][];
    const noted = names.map((step) => [
      step,
      (event: unknown) => {
        this.calls.push({ step, event });
        return realHandlers[step](event);
      },
    ]);
    return this.world.rotate({
      ...this.options,
      handlers: { ...steps, ...(Object.fromEntries(noted) as typeof realHandlers) },
    });
  }
}
