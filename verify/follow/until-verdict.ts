import type { Rotation } from '../acts/rotate-secret';
import type { Bench } from '../bench';
import type { SecretWatch } from '../looks/secret';
import { lookUp, ROTATION_EVENTS, type TrailEvent } from '../looks/trail';
import { pollUntil } from '../poll-until';

/** What CloudTrail says of a rotation. */
interface Verdict {
  readonly succeeded: TrailEvent | undefined;
  readonly failed: readonly TrailEvent[];
  readonly started: readonly TrailEvent[];
}

/**
 * Waits for RotationSucceeded; failed attempts do not end the waiting, because Secrets Manager may try again.
 * @param limitMs what may pass; the time that CloudTrail takes comes on top
 */
export async function untilVerdict(
  bench: Bench,
  watch: SecretWatch,
  { askedAt }: Rotation,
  limitMs: number,
): Promise<Verdict> {
  const { trailPollMs, trailLagMs } = bench.pace;
  let events: readonly TrailEvent[] = [];
  const succeeded = await pollUntil(
    { everyMs: trailPollMs, limitMs: limitMs + trailLagMs, signal: bench.signal },
    async () => {
      await watch.look();
      events = await eventsSince(bench, askedAt);
      return events.find(({ name }) => name === 'RotationSucceeded');
    },
  );
  if (succeeded !== undefined) await watch.look(); // LastRotatedDate moves with it
  return {
    succeeded,
    failed: events.filter(({ name }) => name === 'RotationFailed'),
    started: events.filter(({ name }) => name === 'RotationStarted'),
  };
}

/** Waits until CloudTrail shows that an attempt has failed. @returns whether it does */
export async function untilFailed(bench: Bench, { askedAt }: Rotation): Promise<boolean> {
  const { trailPollMs, trailLagMs, rotationMs } = bench.pace;
  const failed = await pollUntil(
    { everyMs: trailPollMs, limitMs: rotationMs + trailLagMs, signal: bench.signal },
    async () => (await eventsSince(bench, askedAt)).find(({ name }) => name === 'RotationFailed'),
  );
  return failed !== undefined;
}

const eventsSince = (bench: Bench, since: Date): Promise<TrailEvent[]> =>
  lookUp(bench, { names: ROTATION_EVENTS, since, mentions: bench.target.secretArn });
