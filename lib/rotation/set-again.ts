import { SetAgainRequiredError, type RotationError } from '../errors';

/**
 * A redrive restarts at the state that failed, so when what SetSecret left does not hold any more, for good,
 * TestSecret and FinishSecret have to send the machine back to it. Once per run or redrive: then the terminal
 * error stands.
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
