import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../integration/command';
import { cachedTemplate } from './check/cached-template';
import { checkDeployment } from './check/check-deployment';
import { comparedCombination, compareCalls } from './check/compare-calls';
import type { ObservedCall } from './check/permissions/observed-call';
import { justificationOf } from './check/iam/wildcard-resources';
import type { StackReport } from './check/stack-report';
import { sourceFaults } from './check/source-faults';

test('the template with everything in it has no fault, and no wildcard that is not justified', async () => {
  const combination = comparedCombination();
  const { faults, wildcards } = await checkDeployment(combination, await cachedTemplate(combination), []);
  expect(faults).toEqual([]);
  expect(wildcards.filter((wildcard) => justificationOf(wildcard) === undefined)).toEqual([]);
});

test('a call that a role does not allow fails every run, a permission that nothing used fails a whole one', async () => {
  const call = { functionName: 'finishSecret', service: 'secretsmanager', origin: 'tests/some.test.ts' };
  const calls: ObservedCall[] = [{ ...call, action: 'GetSecretValue', resource: 'master' }];
  const denied: unknown = expect.stringMatching(
    /^finishSecret calls secretsmanager:GetSecretValue .* does not allow: tests/,
  );
  expect(await compareCalls(calls, false)).toEqual([denied]);
  const faults = await compareCalls(calls, true);
  expect(faults).toContainEqual(denied);
  expect(faults).toContainEqual(
    expect.stringMatching(
      /^FinishSecretRole allows secretsmanager:UpdateSecretVersionStage .* no test used$/,
    ),
  );
});

test('calls of a function that is not deployed fail a run', async () => {
  const call = { functionName: 'retireSecret', service: 'secretsmanager', origin: 'tests/some.test.ts' };
  const faults = await compareCalls([{ ...call, action: 'GetSecretValue', resource: 'app' }], false);
  expect(faults).toEqual(['retireSecret called AWS, and no such function is deployed']);
});

test('every wildcard says why where it is written', () => {
  expect(sourceFaults()).toEqual([]);
});

describe('npm run check:stack', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'stepwise-test-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('compares the calls of a file with the roles, and ends with 1 when they do not fit', async () => {
    const call = { service: 'secretsmanager', resource: 'master', origin: 'tests/some.test.ts' };
    const calls = [
      { ...call, functionName: 'setSecret', action: 'GetSecretValue' },
      { ...call, functionName: 'finishSecret', action: 'GetSecretValue' },
    ];
    const file = join(folder, 'calls.jsonl');
    writeFileSync(file, calls.map((one) => `${JSON.stringify(one)}\n`).join(''));

    const args = ['--json', '--only', 'the secrets alone', '--calls', file];
    const { code, stdout, stderr } = await start('tests/stack/check-stack.ts', args).ended;

    expect({ code, stderr }).toEqual({ code: 1, stderr: 'packaging and checking: the secrets alone\n' });
    const report = JSON.parse(stdout) as StackReport;
    expect(report.combinations).toEqual([
      { name: 'the secrets alone', resources: expect.any(Number) as number, faults: [] },
    ]);
    expect(report.permissionsMissing).toMatchObject([
      { role: 'FinishSecretRole', caller: 'finishSecret', action: 'secretsmanager:GetSecretValue' },
    ]);
    const unused = report.permissionsUnused.map(({ role, action }) => `${role} ${action}`);
    expect(unused).toContain('FinishSecretRole secretsmanager:UpdateSecretVersionStage');
    expect(unused.filter((permission) => permission.startsWith('SetSecretRole'))).not.toContain(
      'SetSecretRole kms:Decrypt',
    );
    expect(report.wildcards).toEqual([]);
    expect(report.justifiedWildcards.length).toBeGreaterThan(0);
  });

  test.each([
    ['a combination that does not exist', ['--only', 'nothing'], /--only: there is no combination "nothing"/],
    [
      'a file that does not exist',
      ['--calls', '/nowhere/calls.jsonl'],
      /--calls: \/nowhere\/calls.jsonl: ENOENT/,
    ],
    ['an option that does not exist', ['--combination', 'x'], /unknown option '--combination'/],
  ])('ends with 2 for %s', async (_what, args, message) => {
    const { code, stdout, stderr } = await start('tests/stack/check-stack.ts', args).ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
