import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a title says that it holds: `S7: …`, or `S7 and S8: …`. */
const RULES_IN_TITLE = /^(?:[SF]\d+)(?:(?:, | and )[SF]\d+)*(?=: )/;
/** The same at the beginning of a string literal: titles are the only ones that begin so. */
const TITLES_IN_SOURCE = /(?<=['"`])[SF]\d+(?:(?:, | and )[SF]\d+)*(?=: )/g;

/** The rules that a test holds, by its own title and those around it. */
export function rulesIn(titles: readonly string[]): string[] {
  return unique(titles.flatMap((title) => idsIn(RULES_IN_TITLE.exec(title)?.[0] ?? '')));
}

/** The test files that hold each rule, as their paths below this folder without `.test.ts`. */
export function filesByRule(): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const path of globSync('*/*.test.ts', { cwd: __dirname }).toSorted()) {
    const source = readFileSync(join(__dirname, path), 'utf8');
    for (const id of unique((source.match(TITLES_IN_SOURCE) ?? []).flatMap(idsIn))) {
      files.set(id, [...(files.get(id) ?? []), path.replaceAll('\\', '/').replace('.test.ts', '')]);
    }
  }
  return files;
}

/** Puts S2 before S10. */
export function byRuleId(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

function idsIn(text: string): string[] {
  return text.match(/[SF]\d+/g) ?? [];
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

/** A whole title at the beginning of a string literal. */
const WHOLE_TITLE = /(['"`])([SF]\d+(?:(?:, | and )[SF]\d+)*: (?:\\.|(?!\1).)+)\1/g;

/** The titles that name each rule, with their files, in tests of the contract and of the service itself. */
export function titlesByRule(): Map<string, string[]> {
  const titles = new Map<string, string[]>();
  const root = join(__dirname, '..');
  for (const path of globSync('{contract/*,integration}/*.test.ts', { cwd: root }).toSorted()) {
    const source = readFileSync(join(root, path), 'utf8');
    for (const [, , title = ''] of source.matchAll(WHOLE_TITLE)) {
      const file = path.replaceAll('\\', '/').replace('.test.ts', '');
      const line = `${title.replaceAll("\\'", "'")} (${file})`;
      for (const id of rulesIn([title])) titles.set(id, [...(titles.get(id) ?? []), line]);
    }
  }
  return titles;
}
