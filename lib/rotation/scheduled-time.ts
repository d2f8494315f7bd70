import { InvalidInputError } from '../errors';

/** Clocks of EventBridge and Lambda differ by less; a schedule never fires early. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

/**
 * Refuses a time that has not come. The version id of a scheduled rotation is made of it: an execution that names the
 * time of a later schedule would use that id up, and the schedule would find its rotation done.
 *
 * A time long past is accepted. Its version exists, and then nothing is done, or it does not, and then this is one more
 * rotation, which whoever may start an execution may have anyway: a message of the dead letters is started by hand late.
 * @throws {InvalidInputError}
 */
export function requireTimeHasCome(scheduledTime: string | undefined, now: Date): void {
  if (scheduledTime === undefined) return;
  const ahead = new Date(scheduledTime).getTime() - now.getTime();
  if (ahead <= CLOCK_SKEW_MS) return;
  throw new InvalidInputError(
    `input.scheduledTime: expected a time that has come, found ${scheduledTime}, ${Math.ceil(ahead / 60_000)} minutes ahead: leave scheduledTime out to rotate now`,
  );
}
