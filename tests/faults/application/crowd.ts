import type { World } from '../../support/world';
import { cachingProbe } from './caching-probe';
import type { Probe, Tally } from './probe';
import { startProbes, type RunningProbes } from './running-probes';
import { sessionProbe } from './session-probe';
import { uncachedProbe } from './uncached-probe';

/** The three kinds of application, and what is counted of each. */
export const CROWD = {
  uncached: 'logins without a cache',
  caching: 'logins with a cache',
  sessions: 'statements on open sessions',
} as const;

/** How many of a kind run at the same time. */
const UNCACHED = 3;
const CACHING = 2;

/** Applications at work. */
export interface Crowd extends Pick<RunningProbes, 'fullRound' | 'stop'> {
  openSession(): Promise<void>;
  reReads(): number;
  /** What each found since the last time. */
  take(): (Tally & { kind: keyof typeof CROWD; name: string })[];
}

export function startCrowd(world: World): Crowd {
  const readSecret = () => world.secret();
  const uncached = Array.from({ length: UNCACHED }, () => uncachedProbe(readSecret, world.database));
  const caching = Array.from({ length: CACHING }, () => cachingProbe(readSecret, world.database));
  const sessions = sessionProbe(readSecret, world.database);
  const running = startProbes([...uncached, ...caching, sessions]);
  const taken = (kind: keyof typeof CROWD, probes: readonly Probe[]) =>
    probes.map((probe) => ({ kind, name: probe.name, ...probe.take() }));
  return {
    openSession: () => sessions.open(),
    reReads: () => caching.reduce((sum, { reReads }) => sum + reReads, 0),
    take: () => [
      ...taken('uncached', uncached),
      ...taken('caching', caching),
      ...taken('sessions', [sessions]),
    ],
    fullRound: () => running.fullRound(),
    stop: async () => {
      await running.stop();
      sessions.close();
    },
  };
}
