import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const ADAPTER = 'lib/databases/mysql';

const sources = readdirSync(join(ROOT, ADAPTER), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
  .map((path) => [path, readFileSync(join(ROOT, path), 'utf8')] as const);

const namesOf = (offending: (source: string, path: string) => boolean): string[] =>
  sources.filter(([path, source]) => offending(source, path)).map(([path]) => path);

/** The template literals and texts of a source that are statements, or parts of one. */
const statementsIn = (source: string): string[] =>
  (source.match(/`(?:[^`\\]|\\.)*`/gs) ?? []).filter((text) =>
    /\b(SELECT|SHOW|SET|GRANT|REVOKE|WHERE|CREATE USER|ALTER USER|IDENTIFIED|REQUIRE|ATTRIBUTE)\b/.test(text),
  );

describe('a statement of the adapter', () => {
  it('is found by this test', () => {
    expect(sources.flatMap(([, source]) => statementsIn(source)).length).toBeGreaterThan(20);
  });

  it('never holds a value between quotes that it wrote itself', () => {
    // A constant of the code is no value.
    const quoted = (source: string) =>
      statementsIn(source).some((text) => /['"]\$\{(?![A-Z_]+\})/.test(text));
    expect(namesOf(quoted)).toEqual([]);
  });

  it('gets its quotes in one file', () => {
    expect(namesOf((source) => /replaceAll\("'"|replaceAll\('`'|\.escape(Id)?\(/.test(source))).toEqual([
      `${ADAPTER}/connection/quote.ts`,
    ]);
  });

  it('is sent by one file, without values that the driver would quote', () => {
    const sends = /connection\.(query|execute|format|prepare)\b/;
    expect(namesOf((source) => sends.test(source))).toEqual([
      `${ADAPTER}/connection/open-connection.ts`,
      `${ADAPTER}/connection/session.ts`,
    ]);
    const [, session = ''] = sources.find(([path]) => path.endsWith('connection/session.ts')) ?? [];
    expect(session.match(/connection\.query\(/g)).toHaveLength(1);
    expect(session).toContain('connection.query(values === undefined ? sql : withValues(sql, values))');
  });
});
