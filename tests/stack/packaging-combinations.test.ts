import { cachedTemplate } from './check/cached-template';
import { COMBINATIONS, EMAIL, MASTER } from './combinations';
import type { Template } from './package-combination';
import { ofType, only, statementsOf } from './template-queries';

const IN_VPC = ['Preflight', 'SetSecret', 'TestSecret'];
const CONCURRENT = 2;

const templates = new Map<string, Template>();

/** Packages all combinations, a few at a time: more would only wait for each other's processors. */
async function packageAll(): Promise<void> {
  const waiting = [...COMBINATIONS];
  const packageNext = async (): Promise<void> => {
    const combination = waiting.shift();
    if (combination === undefined) return;
    templates.set(combination.name, await cachedTemplate(combination));
    await packageNext();
  };
  await Promise.all(Array.from({ length: CONCURRENT }, packageNext));
}

beforeAll(packageAll);

describe.each(COMBINATIONS.map(({ name, parameters }) => [name, parameters] as const))(
  '%s',
  (name, given) => {
    const template = () => templates.get(name) ?? { Resources: {} };
    const roles = () => ofType(template(), 'AWS::IAM::Role');
    const allStatements = () => roles().flatMap(([id]) => statementsOf(template(), id));
    const secrets = given['APP_SECRET_ARNS'] as string[];
    const owner = given['ROTATION_OWNER'] ?? 'none';

    test('only Lambdas that talk to a database are in the VPC, and only they may make network interfaces', () => {
      const attached = ofType(template(), 'AWS::Lambda::Function').filter(([, { VpcConfig }]) => VpcConfig);
      const expected = 'VPC_SUBNET_IDS' in given ? IN_VPC : [];
      expect(attached.map(([id]) => id)).toEqual(expected.map((step) => `${step}LambdaFunction`));
      const makers = roles().filter(([id]) =>
        statementsOf(template(), id).some(({ Action }) =>
          [Action].flat().includes('ec2:CreateNetworkInterface'),
        ),
      );
      expect(makers.map(([id]) => id)).toEqual(expected.map((step) => `${step}Role`));
    });

    test('PREFLIGHT_CONCURRENCY, and nothing else, reserves concurrency of Preflight, and of no other Lambda', () => {
      const asked = given['PREFLIGHT_CONCURRENCY'];
      const nothing = { Ref: 'AWS::NoValue' }; // CloudFormation leaves the property out
      const reserved = ofType(template(), 'AWS::Lambda::Function').flatMap(([id, properties]) =>
        'ReservedConcurrentExecutions' in properties
          ? [[id, properties['ReservedConcurrentExecutions']]]
          : [],
      );
      expect(reserved).toEqual([['PreflightLambdaFunction', asked === undefined ? nothing : Number(asked)]]);
    });

    test('secrets are named one by one, and nothing is allowed on all of them', () => {
      const onSecrets = allStatements().filter(({ Action }) =>
        [Action].flat().some((action) => /^secretsmanager:(?!GetRandomPassword)/.test(action)),
      );
      expect(onSecrets.length).toBeGreaterThan(6);
      for (const { Resource } of onSecrets) {
        expect([...secrets, MASTER]).toEqual(expect.arrayContaining([Resource].flat()));
      }
    });

    test('keys are used only through their service, and only for what is ours', () => {
      const onKeys = allStatements().filter(({ Action }) =>
        [Action].flat().some((action) => action.startsWith('kms:')),
      );
      const used = new Set(onKeys.flatMap(({ Resource }) => Resource));
      const expected = [given['SECRETS_KMS_KEY_ARNS'], given['KMS_KEY_ARN']].flat().filter(Boolean);
      expect([...used].sort()).toEqual(expected.sort());
      for (const { Condition } of onKeys) {
        expect(Object.keys(Condition?.['StringEquals'] ?? {}).join()).toMatch(
          /kms:(ViaService|EncryptionContext:)/,
        );
      }
    });

    test('the key of the stack encrypts all that the stack keeps, or none of it', () => {
      const key = given['KMS_KEY_ARN'];
      const groups = ofType(template(), 'AWS::Logs::LogGroup');
      expect(groups.length).toBe(9);
      expect(groups.filter(([, { KmsKeyId }]) => KmsKeyId !== key)).toEqual([]);
      expect(only(template(), 'AWS::SNS::Topic')['KmsMasterKeyId']).toBe(key);
      expect(only(template(), 'AWS::SQS::Queue')).toMatchObject(
        key === undefined
          ? { SqsManagedSseEnabled: true }
          : { KmsMasterKeyId: key, SqsManagedSseEnabled: false },
      );
      expect(only(template(), 'AWS::StepFunctions::StateMachine')['EncryptionConfiguration']).toEqual(
        key === undefined
          ? undefined
          : { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: key, KmsDataKeyReusePeriodSeconds: 300 },
      );
    });

    test('every role has the boundary that was asked for', () => {
      const boundary = given['PERMISSIONS_BOUNDARY_ARN'] ?? { Ref: 'AWS::NoValue' };
      expect(roles().length).toBeGreaterThan(9);
      expect(
        roles().filter(
          ([, role]) => JSON.stringify(role['PermissionsBoundary']) !== JSON.stringify(boundary),
        ),
      ).toEqual([]);
    });

    test('each secret is started by its owner, and by nobody else', () => {
      const scheduled = ofType(template(), 'AWS::Scheduler::Schedule').flatMap(([, { Target }]) => {
        const { Input } = Target as { Input?: string };
        return Input === undefined ? [] : [(JSON.parse(Input) as { secretId: string }).secretId];
      });
      const managed = ofType(template(), 'AWS::SecretsManager::RotationSchedule').map(
        ([, { SecretId }]) => SecretId,
      );
      expect(scheduled).toEqual(owner === 'schedule' ? secrets : []);
      expect(managed).toEqual(owner === 'secrets-manager' ? secrets : []);
      const callers = ofType(template(), 'AWS::Lambda::Permission').filter(
        ([, { Principal }]) => Principal === 'secretsmanager.amazonaws.com',
      );
      expect(callers.map(([, { SourceArn }]) => SourceArn)).toEqual(owner === 'schedule' ? [] : secrets);
      expect(
        callers.every(
          ([, { SourceAccount }]) => JSON.stringify(SourceAccount) === '{"Ref":"AWS::AccountId"}',
        ),
      ).toBe(true);
    });

    test('alarms and dead letters reach people', () => {
      const alarms = ofType(template(), 'AWS::CloudWatch::Alarm');
      expect(alarms.map(([id]) => id)).toEqual([
        'FailedRotationAlarm',
        'TimedOutRotationAlarm',
        'StoppedRotationAlarm',
        'OverdueRotationAlarm',
        'UnknownAgeAlarm',
        'DeadLetterAlarm',
        'KickoffErrorAlarm',
      ]);
      for (const [, { AlarmActions, AlarmDescription }] of alarms) {
        expect(AlarmActions).toEqual([{ Ref: 'NoticeTopic' }]);
        expect(AlarmDescription).toMatch(/docs\/runbook\.md/);
      }
      expect(ofType(template(), 'AWS::SNS::Subscription').map(([, { Endpoint }]) => Endpoint)).toEqual(
        'ALARM_EMAIL' in given ? [EMAIL] : [],
      );
    });
  },
);
