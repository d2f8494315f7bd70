import { Counter, type Probe, type ReadSecret } from './probe';
import { logInAndUse, textOf } from './use-database';

/** An application that reads the current secret for every login. */
export function uncachedProbe(readSecret: ReadSecret, database: string): Probe {
  const counter = new Counter();
  return {
    name: 'without a cache',
    round: async () => {
      const refusal = await logInAndUse(await readSecret(), database);
      counter.add(refusal && textOf(refusal));
    },
    take: () => counter.take(),
  };
}
