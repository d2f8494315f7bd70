import { SetAgainRequiredError, type RotationError } from '../errors';

/**
 * When what SetSecret left does not hold, for good, TestSecret has to send the machine back to it. Once per run
 * or redrive, one that went back because its proof was outdated included: then the terminal error stands.
 * @param count of redrives so far
 * @param setAgain the count when the machine last went back
 * @param terminal what is wrong, and is thrown the second time
 */
export function setAgainOr(
  count: number,
  setAgain: { redriveCount: number } | undefined,
  terminal: RotationError,
): RotationError {
  if (setAgain?.redriveCount === count) return terminal;
  return new SetAgainRequiredError(`${terminal.message} (${terminal.name}); SetSecret is run once more`);
}
