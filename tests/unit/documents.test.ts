import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { NAMES } from '../../config/parameters.cjs';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const unique = (names: Iterable<string>) => [...new Set(names)].sort();

interface Definition {
  StartAt: string;
  States: Record<
    string,
    { Next?: string; Default?: string; Choices?: { Next: string }[]; Catch?: { Next: string }[] }
  >;
}

describe("the README's picture", () => {
  it('has the transitions of the state machine, and no other', () => {
    const picture = /```mermaid\n([\s\S]*?)```/.exec(read('README.md'))?.[1] ?? '';
    const drawn = [...picture.matchAll(/^ +(\w+) --(?: [^>]+ --)?> (\w+)$/gm)].map(
      ([, from, to]) => `${from} ${to}`,
    );
    const { States } = parse(read('statemachine/rotation.asl.yml')) as Definition;
    const real = Object.entries(States).flatMap(([name, { Next, Default, Choices = [], Catch = [] }]) =>
      [Next, Default, ...[...Choices, ...Catch].map((rule) => rule.Next)].flatMap((next) =>
        next === undefined ? [] : [`${name} ${next}`],
      ),
    );
    expect(unique(drawn)).toEqual(unique(real));
  });
});

describe("the README's settings", () => {
  const documented = unique(
    read('README.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([A-Z][A-Z0-9_]+)`/g)])
      .map(([, name = '']) => name),
  );

  it('are the variables that the code reads', () => {
    const runtime = [...read('lib/config.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map(
      ([, name = '']) => name,
    );
    expect(documented).toEqual(unique([...runtime, ...NAMES]));
  });

  it('are all that the functions are given, and nothing else', () => {
    const given = [...read('serverless.yml').matchAll(/^ {6}([A-Z][A-Z0-9_]+): /gm)].map(
      ([, name = '']) => name,
    );
    expect(given.filter((name) => !documented.includes(name))).toEqual([]);
  });
});
