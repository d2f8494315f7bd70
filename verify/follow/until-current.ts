import type { Rotation } from '../acts/rotate-secret';
import type { Bench } from '../bench';
import { hasEnded, historyOf } from '../looks/history';
import type { SecretWatch } from '../looks/secret';
import { pollUntil } from '../poll-until';

/**
 * Waits until AWSCURRENT is on the rotation's version.
 * @returns when that was first seen, or `undefined` when the execution has ended without it, or time was over
 */
export async function untilCurrent(
  bench: Bench,
  watch: SecretWatch,
  { versionId, executionArn }: Rotation,
): Promise<Date | undefined> {
  const { pollMs, rotationMs } = bench.pace;
  const outcome = await pollUntil(
    { everyMs: pollMs, limitMs: rotationMs, signal: bench.signal },
    async () => {
      const isOver = hasEnded((await historyOf(bench, executionArn)) ?? []);
      const { labels } = await watch.look(); // read last: an execution that is over has moved its labels
      if (labels['AWSCURRENT'] === versionId) return { currentAt: new Date() };
      return isOver ? { currentAt: undefined } : undefined;
    },
  );
  return outcome?.currentAt;
}
