import { setTimeout as delay } from 'node:timers/promises';

interface Limits {
  everyMs: number;
  limitMs: number;
  signal: AbortSignal;
}

/**
 * Looks again and again until there is something to see.
 * @returns what was seen, or `undefined` when the time was over first
 * @throws {Error} AbortError, as soon as the signal is aborted
 */
export async function pollUntil<Seen>(
  { everyMs, limitMs, signal }: Limits,
  look: () => Promise<Seen | undefined>,
): Promise<Seen | undefined> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    signal.throwIfAborted();
    const seen = await look();
    if (seen !== undefined || Date.now() >= deadline) return seen;
    await delay(Math.min(everyMs, Math.max(deadline - Date.now(), 1)), undefined, { signal });
  }
}
