import { InvalidArgumentError, Option } from 'commander';

const MOST_RETRIES = 1_000;
const MOST_PAUSE_SECONDS = 86_400;

function parseRetries(text: string): number {
  const count = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(count <= MOST_RETRIES))
    throw new InvalidArgumentError(`Expected a number from 0 to ${MOST_RETRIES}.`);
  return count;
}

function parsePause(text: string): number {
  const seconds = text.trim() === '' ? Number.NaN : Number(text);
  if (!(seconds >= 0 && seconds <= MOST_PAUSE_SECONDS)) {
    throw new InvalidArgumentError(`Expected seconds from 0 to ${MOST_PAUSE_SECONDS}.`);
  }
  return seconds;
}

/** How Secrets Manager tries a failed rotation again. AWS publishes neither number nor pause. */
export function rotationRetryOptions(): Option[] {
  return [
    new Option('--rotation-retries <number>', 'how often Secrets Manager tries a failed rotation again')
      .argParser(parseRetries)
      .default(2),
    new Option(
      '--rotation-retry-pause <seconds>',
      'how long it waits before each, whatever the time scale is',
    )
      .argParser(parsePause)
      .default(0.1),
  ];
}
