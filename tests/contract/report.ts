/**
 * `npm run test:contract`: runs the contract tests and tells which of them hold each rule of `docs/contract.md`, by
 * the rules in their titles. With `--json` the same as `{ rules: [{ id, tests }], passed, failed }`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differencesIn } from './moto-differences';
import { byRuleId, rulesIn } from './rules';

interface TestResult {
  ancestorTitles: string[];
  title: string;
  status: string;
}

interface JestResults {
  numPassedTests: number;
  numFailedTests: number;
  numFailedTestSuites: number;
  testResults: { assertionResults: TestResult[] }[];
}

const ON_MOTO = 'on moto';
const ENDPOINTS = ['on the embedded endpoint', ON_MOTO];

/** jest's own messages go to the standard error, so that the standard output holds the report alone. */
function runJest(): JestResults {
  const folder = mkdtempSync(join(tmpdir(), 'stepwise-contract-'));
  const results = join(folder, 'results.json');
  try {
    const jest = require.resolve('jest/bin/jest');
    const args = [jest, 'tests/contract', '--json', '--outputFile', results];
    spawnSync(process.execPath, args, {
      cwd: join(__dirname, '../..'),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return JSON.parse(readFileSync(results, 'utf8')) as JestResults;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A test that fails on moto as it must says nothing about a rule. */
function holdsOnItsEndpoint({ ancestorTitles, title }: TestResult): boolean {
  const [suite = ''] = ancestorTitles;
  if (!ancestorTitles.includes(ON_MOTO)) return true;
  return !differencesIn(suite).some(({ tests }) => tests.includes(title));
}

/** The test's titles, and on which endpoint it ran where that makes a difference. */
function nameOf({ ancestorTitles, title }: TestResult): string {
  const around = ancestorTitles.filter((ancestor) => !ENDPOINTS.includes(ancestor));
  const endpoint = ancestorTitles.find((ancestor) => ENDPOINTS.includes(ancestor));
  return [...around, title].join(' › ') + (endpoint === undefined ? '' : ` (${endpoint})`);
}

const { testResults, numPassedTests: passed, numFailedTests: failed, numFailedTestSuites } = runJest();
const testsByRule = new Map<string, string[]>();
for (const test of testResults.flatMap(({ assertionResults }) => assertionResults)) {
  if (test.status !== 'passed' || !holdsOnItsEndpoint(test)) continue;
  for (const id of rulesIn([...test.ancestorTitles, test.title])) {
    testsByRule.set(id, [...(testsByRule.get(id) ?? []), nameOf(test)]);
  }
}
const rules = [...testsByRule]
  .map(([id, tests]) => ({ id, tests: tests.toSorted() }))
  .toSorted((one, other) => byRuleId(one.id, other.id));

if (process.argv.includes('--json')) console.log(JSON.stringify({ rules, passed, failed }, undefined, 2));
else {
  for (const { id, tests } of rules) console.log([id, ...tests.map((test) => `  ${test}`)].join('\n'));
  console.log(`${passed} passed, ${failed} failed`);
}
process.exitCode = failed === 0 && numFailedTestSuites === 0 ? 0 : 1;
