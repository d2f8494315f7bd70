import type { Login } from '../../support/database';
import { Counter, type Probe, type ReadSecret } from './probe';
import { ACCESS_DENIED, logInAndUse, textOf } from './use-database';

interface CachingProbe extends Probe {
  /** How often it has read the secret anew because its login was refused. */
  readonly reReads: number;
}

/** An application that reads the secret once, and again only when a login is refused; then it tries once more. */
export function cachingProbe(readSecret: ReadSecret, database: string): CachingProbe {
  const counter = new Counter();
  let cached: Login | undefined;
  let reReads = 0;
  return {
    name: 'with a cache that is read again on 1045',
    get reReads() {
      return reReads;
    },
    round: async () => {
      cached ??= await readSecret();
      let refusal = await logInAndUse(cached, database);
      if (refusal?.errno === ACCESS_DENIED) {
        reReads += 1;
        cached = await readSecret();
        refusal = await logInAndUse(cached, database);
      }
      counter.add(refusal && textOf(refusal));
    },
    take: () => counter.take(),
  };
}
