import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as errors from '../../../lib/errors';
import { explainError } from '../../../lib/reporting/explain-error';
import { platformError, platformErrorNames } from '../../../lib/reporting/platform-errors';
import { hasRemedy, remedyFor } from '../../../lib/reporting/remedies';
import { readTunables } from '../../../config/tunables.cjs';
import { loadDefinition } from '../../../local/state-machine/load-definition';
import { tasksOf } from '../../../local/state-machine/states';

const read = (path: string) => readFileSync(join(__dirname, '../../..', path), 'utf8');

/** A cell of a table in docs/ as a notice writes it: a link as the place that it leads to. */
const plain = (cell: string): string =>
  cell.replaceAll('`', '').replaceAll(/\[[^\]]*\]\(([^)]*)\)/g, 'docs/$1');

/** Rows of docs/errors.md: name, meaning, whether it is retried, what to do. */
const rows = read('docs/errors.md')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, name = '', meaning = '', retried = '', remedy = '']) => ({
    name: plain(name),
    meaning: plain(meaning),
    isRetried: retried === 'yes',
    remedy: plain(remedy),
  }));
const isOfThePlatform = ({ name }: { name: string }): boolean => name.includes('.');

const ownNames = Object.keys(errors).filter((name) => name !== 'RotationError');
const retriedNames = [...tasksOf(loadDefinition(readTunables({}))).values()].flatMap(({ Retry = [] }) =>
  Retry.flatMap(({ ErrorEquals }) => ErrorEquals),
);
const headings = new Set([...read('docs/runbook.md').matchAll(/^### (\S+)$/gm)].map(([, name]) => name));

describe('what a notice advises', () => {
  it('for each error of this service is what docs/errors.md says', () => {
    const documented = rows.filter((row) => !isOfThePlatform(row));
    expect(documented.map(({ name }) => name).toSorted()).toEqual(ownNames.toSorted());
    expect(documented.map(({ name, remedy }) => [name, remedy])).toEqual(
      documented.map(({ name }) => [name, hasRemedy(name) ? remedyFor(name) : undefined]),
    );
  });

  it('for each name of the platform is what docs/errors.md says, and so is what it means', () => {
    const documented = rows.filter(isOfThePlatform);
    expect(documented.map(({ name }) => name)).toEqual(platformErrorNames);
    expect(documented.map(({ meaning, remedy }) => ({ meaning, remedy }))).toEqual(
      documented.map(({ name }) => platformError(name)),
    );
  });

  it('covers every name that the state machine retries, and docs/errors.md says that it does', () => {
    expect(retriedNames.filter((name) => !hasRemedy(name) && platformError(name) === undefined)).toEqual([]);
    const wrong = rows
      .filter(isOfThePlatform)
      .filter(({ name, isRetried }) => isRetried !== retriedNames.includes(name));
    expect(wrong).toEqual([]);
  });

  it.each([...ownNames, ...platformErrorNames])('for %s leads to a section of the runbook', (name) => {
    expect(headings).toContain(name);
    const { anchor } = explainError({ error: name, cause: undefined });
    expect(anchor).toBe(name.toLowerCase().replaceAll('.', ''));
  });
});
