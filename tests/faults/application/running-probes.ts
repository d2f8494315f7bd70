import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Probe } from './probe';

/** Probes at work. */
export interface RunningProbes {
  /** Resolves when every probe has begun and ended at least one round from now on. */
  fullRound(): Promise<void>;
  /** Ends them. @throws what a probe threw */
  stop(): Promise<void>;
}

interface Worker {
  rounds: number;
  /** Told of the end of every round, and of its own end. */
  onRound: (() => void)[];
}

/** Has every probe go on and on, all at the same time. */
export function startProbes(probes: readonly Probe[]): RunningProbes {
  const ending = { isNear: false };
  const workers = probes.map((): Worker => ({ rounds: 0, onRound: [] }));
  const tell = ({ onRound }: Worker): void => {
    for (const listener of onRound.splice(0)) listener();
  };
  const work = async (probe: Probe, worker: Worker): Promise<void> => {
    try {
      while (!ending.isNear) {
        await probe.round();
        worker.rounds += 1;
        tell(worker);
        await nextTurn(); // a round that awaits nothing must not keep the others waiting
      }
    } finally {
      worker.rounds = Number.POSITIVE_INFINITY;
      tell(worker);
    }
  };
  const working = Promise.all(probes.map((probe, index) => work(probe, workers[index] as Worker)));
  working.catch(() => undefined); // told by `stop`
  // The round that is under way may have read the secret before; the one after it has not.
  const twoMore = async (worker: Worker): Promise<void> => {
    const wanted = worker.rounds + 2;
    while (worker.rounds < wanted) await new Promise<void>((resolve) => worker.onRound.push(resolve));
  };
  return {
    fullRound: async () => {
      await Promise.all(workers.map(twoMore));
    },
    stop: async () => {
      ending.isNear = true;
      await working;
    },
  };
}
