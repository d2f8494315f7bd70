import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { cachedTemplate } from './check/cached-template';
import type { Template } from './package-combination';
import { ofType, only } from './template-queries';

const FOLDER = join(__dirname, '../../examples/parameters');
const APP = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/app-AbCdEf';
const REPORTS = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/reports-GhIjKl';

/** What each example promises; a file that is not here is not tested. */
const PROMISES: Record<string, (template: Template) => void> = {
  'one-secret-by-schedule.yml': (template) => {
    const rotations = ofType(template, 'AWS::Scheduler::Schedule').filter(([id]) => id !== 'AgeSchedule');
    expect(rotations).toHaveLength(1);
    expect(rotations[0]?.[1]).toMatchObject({
      ScheduleExpression: 'cron(0 3 ? * SUN *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      Target: { Input: expect.stringContaining(APP) as string },
    });
    expect(ofType(template, 'AWS::SecretsManager::RotationSchedule')).toEqual([]);
  },
  'several-by-secrets-manager.yml': (template) => {
    const rotations = ofType(template, 'AWS::SecretsManager::RotationSchedule');
    expect(rotations.map(([, { SecretId }]) => SecretId)).toEqual([APP, REPORTS]);
    for (const [, { RotationRules }] of rotations) {
      expect(RotationRules).toEqual({ AutomaticallyAfterDays: 30 });
    }
  },
  'vpc-with-endpoint.yml': (template) => {
    expect(only(template, 'AWS::EC2::SecurityGroup')['VpcId']).toBe('vpc-0a1b2c3d4e5f60718');
    const letIn = ofType(template, 'AWS::EC2::SecurityGroupIngress').map(([, { GroupId }]) => GroupId);
    expect(letIn.toSorted()).toEqual(['sg-0a1b2c3d4e5f60718', 'sg-1a2b3c4d5e6f70819']);
    expect(ofType(template, 'AWS::EC2::VPCEndpoint')).toEqual([]);
    expect(ofType(template, 'AWS::SecretsManager::RotationSchedule')).toEqual([]);
  },
};

test('every file in examples/parameters is packaged by a test', () => {
  expect(
    globSync('*', { cwd: FOLDER })
      .map((path) => basename(path))
      .toSorted(),
  ).toEqual(Object.keys(PROMISES).toSorted());
});

test.each(Object.keys(PROMISES))('examples/parameters/%s packages to what it says', async (name) => {
  const parameters = parse(readFileSync(join(FOLDER, name), 'utf8')) as Record<string, unknown>;
  PROMISES[name]?.(await cachedTemplate({ name, parameters }));
});
