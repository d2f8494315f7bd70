import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as errors from '../../lib/errors';

const table = readFileSync(join(__dirname, '../../docs/errors.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, name, retried] = /^\| `(\w+)` +\|[^|]+\| (yes|no) +\|[^|]+\|$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, retried === 'yes'] as const];
  });

const classes = Object.entries(errors)
  .filter(([name]) => name !== 'RotationError')
  .map(
    ([name, ErrorClass]) =>
      [name, new (ErrorClass as new (message: string) => errors.RotationError)('x')] as const,
  );

describe('the list of errors', () => {
  it('has a literal name in each error, equal to its class', () => {
    expect(classes.map(([name, error]) => [name, error.name])).toEqual(classes.map(([name]) => [name, name]));
  });

  it('is the table of docs/errors.md, with the same decision about retries', () => {
    const inCode = classes.map(([name, { retried }]) => [name, retried]);
    expect([...table].sort()).toEqual(inCode.sort());
  });
});
