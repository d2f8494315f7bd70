import { cachedTemplate } from './check/cached-template';
import { APP, COMBINATIONS, REPORTS } from './combinations';
import type { Template } from './package-combination';
import { ofType, only } from './template-queries';

let each: Template;
let managed: Template;

beforeAll(async () => {
  const named = (name: string) => COMBINATIONS.find((combination) => combination.name === name);
  const scheduled = named('VPC with given security groups, existing endpoint, a schedule each');
  const owned = named('VPC, new endpoint, Secrets Manager as the owner, another port');
  if (scheduled === undefined || owned === undefined) throw new Error('a combination was renamed');
  [each, managed] = await Promise.all([cachedTemplate(scheduled), cachedTemplate(owned)]);
});

const rotations = () => ofType(each, 'AWS::Scheduler::Schedule').filter(([id]) => id !== 'AgeSchedule');

describe('a schedule', () => {
  test('has the expression, time zone and window of its group, or those of all', () => {
    expect(rotations().map(([, properties]) => properties)).toEqual([
      expect.objectContaining({
        ScheduleExpression: 'cron(0 3 ? * SUN *)',
        ScheduleExpressionTimezone: 'Asia/Tokyo',
        FlexibleTimeWindow: { Mode: 'OFF' },
      }),
      expect.objectContaining({
        ScheduleExpression: 'rate(30 days)',
        ScheduleExpressionTimezone: 'UTC',
        FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 60 },
      }),
    ]);
  });

  test('starts one execution for one secret, the same one when it is delivered twice', () => {
    const inputs = rotations().map(
      ([, { Target }]) => JSON.parse((Target as { Input: string }).Input) as unknown,
    );
    expect(inputs).toEqual(
      [APP, REPORTS].map((secretId) => ({
        secretId,
        owner: 'schedule',
        scheduledTime: '<aws.scheduler.scheduled-time>',
      })),
    );
  });

  test('is repeated when it fails, and then left to the dead letters', () => {
    for (const [, { Target }] of rotations()) {
      expect(Target).toMatchObject({
        Arn: { Ref: 'RotationStateMachine' },
        RoleArn: { 'Fn::GetAtt': ['RotationScheduleRole', 'Arn'] },
        RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] } },
      });
    }
  });

  test('acts with a role that starts this machine and that only schedules of this stack may use', () => {
    const role = each.Resources['RotationScheduleRole']?.Properties;
    expect(role?.['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
            ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': ['ScheduleGroup', 'Arn'] } },
          },
        },
      ],
    });
    const names = ofType(each, 'AWS::Scheduler::Schedule').map(([, { Name, GroupName }]) => [
      Name,
      GroupName,
    ]);
    expect(names.every(([, group]) => JSON.stringify(group) === '{"Ref":"ScheduleGroup"}')).toBe(true);
    expect(names.map(([name]) => name)).toEqual([
      'report-age',
      expect.stringMatching(/^shop-app-[0-9a-f]{10}$/),
      expect.stringMatching(/^shop-reports-[0-9a-f]{10}$/),
    ]);
  });
});

describe('a rotation that Secrets Manager owns', () => {
  test('is configured once kickoff can succeed, with its interval, and begins at once only when asked', () => {
    const [[, rotation] = []] = Object.entries(managed.Resources).filter(
      ([, { Type }]) => Type === 'AWS::SecretsManager::RotationSchedule',
    );
    const [[permission] = []] = ofType(managed, 'AWS::Lambda::Permission').filter(
      ([, { SourceArn }]) => SourceArn === APP,
    );
    expect(rotation).toEqual({
      Type: 'AWS::SecretsManager::RotationSchedule',
      DependsOn: [
        permission,
        'RotationStateMachine',
        'DatabaseIngress',
        'SecretsManagerEndpoint',
        'EndpointIngress1',
        'EndpointIngress2',
        'EndpointIngress3',
      ],
      Properties: {
        SecretId: APP,
        RotationLambdaARN: { 'Fn::GetAtt': ['KickoffLambdaFunction', 'Arn'] },
        RotationRules: { AutomaticallyAfterDays: 7 },
        RotateImmediatelyOnUpdate: true,
      },
    });
  });

  test('is overdue five days after its interval', () => {
    expect(managed.Resources['OverdueRotationAlarm']?.Properties).toMatchObject({
      Namespace: 'StepwiseRotation',
      MetricName: 'SecondsSinceLastSuccess',
      Threshold: 12 * 86_400,
      TreatMissingData: 'breaching',
    });
  });
});

test('an outcome that nobody could be told of is a dead letter too', () => {
  const queue = { 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] };
  expect(only(each, 'AWS::Events::Rule')['Targets']).toEqual([
    expect.objectContaining({ Id: 'ReportOutcome', DeadLetterConfig: { Arn: queue } }),
  ]);
  expect(only(each, 'AWS::Lambda::EventInvokeConfig')['DestinationConfig']).toEqual({
    OnFailure: { Destination: queue },
  });
});
