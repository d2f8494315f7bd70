import { INTERVAL, ROTATION } from './clock';

/** How an application keeps what it has read, and what it has opened. */
export interface CacheRule {
  readonly name: string;
  /** It reads the secret again when what it has is as old as this, in hundredths of an interval. */
  readonly cacheFor: number;
  /** It opens a session anew when the one it has is as old as this; 0: for each use. */
  readonly sessionFor: number;
  /** It reads the secret again, and tries once more, when a login is refused. */
  readonly reReads: boolean;
  /** Whether a rotation may ever make it fail. */
  readonly isSafe: boolean;
}

const EVER = Number.POSITIVE_INFINITY;

const cache = (name: string, cacheFor: number, isSafe: boolean): CacheRule => ({
  name,
  cacheFor,
  sessionFor: 0,
  reReads: false,
  isSafe,
});

const pool = (name: string, cacheFor: number, sessionFor: number, isSafe: boolean): CacheRule => ({
  ...cache(name, cacheFor, isSafe),
  sessionFor,
});

/** What applications do, and what the README says of it. */
export const cacheRules: readonly CacheRule[] = [
  cache('cache-of-half-an-interval', INTERVAL / 2, true),
  cache('cache-of-an-interval-less-a-rotation', INTERVAL - ROTATION, true),
  cache('cache-of-an-interval', INTERVAL, false),
  cache('cache-of-one-and-a-half-intervals', 1.5 * INTERVAL, false),
  cache('cache-of-two-intervals', 2 * INTERVAL, false),
  cache('cache-for-ever', EVER, false),
  { ...cache('cache-for-ever-that-re-reads-on-1045', EVER, true), reReads: true },
  pool('pool-that-reads-for-each-session', 0, 2.5 * INTERVAL, true),
  pool('pool-with-a-cache-of-half-an-interval', INTERVAL / 2, 2.5 * INTERVAL, true),
  pool('pool-with-one-password-and-a-session-lifetime', EVER, 1.5 * INTERVAL, false),
  pool('pool-with-one-password-that-keeps-its-sessions', EVER, EVER, true),
];
