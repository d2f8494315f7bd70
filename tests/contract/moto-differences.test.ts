import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MOTO_DIFFERENCES } from './moto-differences';

/** That each row's tests exist, and fail on moto, is seen where they run; see `describeContract`. */
describe('The differences between moto and AWS', () => {
  const sources = globSync('secrets-manager/*.test.ts', { cwd: __dirname }).map((path) =>
    readFileSync(join(__dirname, path), 'utf8'),
  );

  it('are each in a suite that runs on moto', () => {
    const suites = sources.flatMap((source) =>
      [...source.matchAll(/\bdescribeContract\('([^']+)'/g)].map(([, suite = '']) => suite),
    );
    expect(suites.length).toBeGreaterThan(10);
    expect(MOTO_DIFFERENCES.filter(({ suite }) => !suites.includes(suite))).toEqual([]);
  });

  it('are of operations that the suites call', () => {
    const called = ({ operation }: { operation: string }) => {
      const method = operation.charAt(0).toLowerCase() + operation.slice(1);
      return sources.some((source) => source.includes(`api().${method}(`));
    };
    expect(MOTO_DIFFERENCES.filter((row) => !called(row))).toEqual([]);
  });

  it('are each told once', () => {
    const tests = MOTO_DIFFERENCES.flatMap((row) => row.tests.map((test) => `${row.suite}: ${test}`));
    expect(new Set(tests).size).toBe(tests.length);
  });
});
