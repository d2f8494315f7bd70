import { InvalidArgumentError, Option } from 'commander';

function parseTimeScale(text: string): number {
  const scale = text.trim() === '' ? Number.NaN : Number(text);
  if (!(scale >= 0 && scale <= 1)) throw new InvalidArgumentError('Expected a number from 0 to 1.');
  return scale;
}

/** `--time-scale`: how much of the state machine's waiting is really waited. */
export function timeScaleOption(): Option {
  return new Option('--time-scale <factor>', 'shorten waits and retry pauses: 1 is real time, 0 skips them')
    .argParser(parseTimeScale)
    .default(1);
}
