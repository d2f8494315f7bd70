import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readTunables } from '../../config/tunables.cjs';
import { loadDefinition } from '../../local/state-machine/load-definition';
import { tasksOf } from '../../local/state-machine/states';

const ROOT = join(__dirname, '../..');

const tasks = [...tasksOf(loadDefinition(readTunables({})))];
const { functions } = parse(readFileSync(join(ROOT, 'serverless.yml'), 'utf8')) as {
  functions: Record<string, { handler: string; environment?: Record<string, string> }>;
};
const stems = readdirSync(join(ROOT, 'functions'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, ''));

const pascal = (stem: string): string =>
  stem.replace(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
const camel = (stem: string): string => pascal(stem).replace(/^[A-Z]/, (letter) => letter.toLowerCase());
const kebab = (state: string): string =>
  state.replace(/(?!^)([A-Z])/g, (letter) => `-${letter}`).toLowerCase();

/** The handler's docstring as one line of prose, without its opening words. */
function docstring(state: string): string {
  const source = readFileSync(join(ROOT, `functions/${kebab(state)}.ts`), 'utf8');
  const comment = /\/\*\*[\s*]*State `(\w+)`: ([\s\S]*?)\*\//.exec(source);
  expect(comment?.[1]).toBe(state);
  const prose = (comment?.[2] ?? '').replace(/\s*\n\s*\*\s?/g, ' ').trim();
  return prose.charAt(0).toUpperCase() + prose.slice(1);
}

test('one file in functions/ is one function of serverless.yml', () => {
  expect(Object.keys(functions).sort()).toEqual(stems.map(camel).sort());
});

test.each(stems)('functions/%s.ts is deployed as its own handler', (stem) => {
  expect(functions[camel(stem)]?.handler).toBe(`functions/${stem}.handler`);
});

test.each(tasks)('the state %s calls the function of the same name', (name, task) => {
  expect(stems).toContain(kebab(name));
  expect(task.Resource.split(':').at(-1)).toBe(camel(kebab(name)));
});

test.each(tasks)('the state %s says what its handler says', (name, task) => {
  expect(task.Comment).toMatch(/\. Safe to repeat\.$/);
  expect(docstring(name).slice(0, task.Comment?.length)).toBe(task.Comment);
});

test('every variable that lib/config.ts reads is given to a function', () => {
  const schema = readFileSync(join(ROOT, 'lib/config.ts'), 'utf8');
  const read = [...schema.matchAll(/^ {2}([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+):/gm)].map((match) => match[1]);
  const given = Object.values(functions).flatMap(({ environment = {} }) => Object.keys(environment));
  expect(read).toContain('MASTER_SECRET_ARN');
  expect(read.filter((name) => !given.includes(name ?? ''))).toEqual([]);
});
