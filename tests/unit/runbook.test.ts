import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as errors from '../../lib/errors';
import { platformErrorNames } from '../../lib/reporting/platform-errors';

const read = (path: string) => readFileSync(join(__dirname, '../..', path), 'utf8');

interface Retrier {
  ErrorEquals: string[];
  MaxAttempts: number | string;
}
const { States } = parse(read('statemachine/rotation.asl.yml')) as {
  States: Record<string, { Retry?: Retrier[] }>;
};
const retriers = Object.values(States).flatMap(({ Retry = [] }) => Retry);
const retriersOf = (name: string) => retriers.filter(({ ErrorEquals }) => ErrorEquals.includes(name));

/** The text of each `### Name` under a `## Errors …`, by name. */
const sections = new Map(
  read('docs/runbook.md')
    .split(/^## /m)
    .filter((chapter) => chapter.startsWith('Errors of '))
    .flatMap((chapter) => chapter.split(/^### /m).slice(1))
    .map((section): [string, string] => {
      const [heading = '', ...body] = section.split('\n');
      return [heading, body.join('\n').trim()];
    }),
);

const ownNames = Object.keys(errors).filter((name) => name !== 'RotationError');

describe('the runbook', () => {
  it('has a section for each error of lib/errors.ts and of the platform, and for nothing else', () => {
    expect([...sections.keys()].sort()).toEqual([...ownNames, ...platformErrorNames].sort());
  });

  it('covers what the state machine retries', () => {
    const retried = new Set(retriers.flatMap(({ ErrorEquals }) => ErrorEquals));
    expect([...retried].filter((name) => !sections.has(name))).toEqual([]);
  });

  it.each([...sections])('says of %s whether it is retried, what to do, and what then', (name, text) => {
    const [, verdict] = /^\*\*(Retried|Not retried)[.*,]/.exec(text) ?? [];
    expect([name, verdict]).toEqual([name, retriersOf(name).length > 0 ? 'Retried' : 'Not retried']);
    expect(text).toMatch(/\*\*Do\*\*/);
    expect(text).toMatch(/^- \*\*Then\*\* (redrive|start anew|nothing)/m);
  });

  it('agrees with docs/errors.md about retries', () => {
    const table = [...read('docs/errors.md').matchAll(/^\| `(\w+)` +\| [^|]+ \| (yes|no) /gm)];
    expect(table).toHaveLength(ownNames.length);
    const differing = table.filter(
      ([, name = '', retried]) => sections.get(name)?.startsWith('**Retried') !== (retried === 'yes'),
    );
    expect(differing.map(([, name]) => name)).toEqual([]);
  });

  it('counts attempts as the state machine does', () => {
    const counted = [...sections].flatMap(([name, text]) => {
      const [, times] = /^\*\*Retried\*\* up to (\d+) times/.exec(text) ?? [];
      return times === undefined ? [] : [{ name, times: Number(times) }];
    });
    expect(counted.length).toBeGreaterThanOrEqual(4);
    for (const { name, times } of counted) {
      expect([name, [...new Set(retriersOf(name).map(({ MaxAttempts }) => MaxAttempts))]]).toEqual([
        name,
        [times],
      ]);
    }
  });
});
