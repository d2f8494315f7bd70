import { comparePermissions } from './check/permissions/comparison';
import { impliedRoleCalls } from './check/permissions/implied-role-calls';
import { readCalls, type ObservedCall } from './check/permissions/observed-call';
import { observedRoleCalls } from './check/permissions/observed-role-calls';
import type { Resource } from './check/template';
import { Deployment } from './check/template/resolve';

const secret = (name: string) => `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${name}`;
const PARAMETERS = {
  APP_SECRET_ARNS: [secret('app'), secret('reports')],
  MASTER_SECRET_ARN: secret('master'),
};

const allow = (Action: string | string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

/** Two functions, a machine that calls one of them, and a schedule that starts the machine. */
function deployed(statements: Record<string, object[]>): Deployment {
  const roles = Object.entries(statements).map(([id, Statement]): [string, Resource] => {
    const Policies = [{ PolicyName: 'all', PolicyDocument: { Statement } }];
    const AssumeRolePolicyDocument = { Statement: [] };
    return [id, { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument, Policies } }];
  });
  const runs = (role: string) => ({
    Type: 'AWS::Lambda::Function',
    Properties: { Role: { 'Fn::GetAtt': [role, 'Arn'] } },
  });
  const DefinitionString = {
    'Fn::Sub': [
      '{"States":{"SetSecret":{"Type":"Task","Resource":"${set}"},"Wait":{"Type":"Wait"}}}',
      { set: { 'Fn::GetAtt': ['SetSecretLambdaFunction', 'Arn'] } },
    ],
  };
  const Target = {
    Arn: { Ref: 'Machine' },
    RoleArn: { 'Fn::GetAtt': ['ScheduleRole', 'Arn'] },
    DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
  };
  const Resources: Record<string, Resource> = {
    SetSecretLambdaFunction: runs('SetSecretRole'),
    KickoffLambdaFunction: runs('KickoffRole'),
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'rotation',
        DefinitionString,
        RoleArn: { 'Fn::GetAtt': ['MachineRole', 'Arn'] },
      },
    },
    Schedule: { Type: 'AWS::Scheduler::Schedule', Properties: { Target } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
    ...Object.fromEntries(roles),
  };
  return new Deployment({ Resources });
}

const called = (functionName: string, action: string, resource: ObservedCall['resource']): ObservedCall => ({
  functionName,
  service: functionName === 'kickoff' ? 'states' : 'secretsmanager',
  action,
  resource,
  origin: 'tests/some.test.ts',
});

const GET_APP = called('setSecret', 'GetSecretValue', 'app');
const APPS = PARAMETERS.APP_SECRET_ARNS;

function compare(statements: Record<string, object[]>, calls: ObservedCall[]) {
  const deployment = deployed(statements);
  return comparePermissions(deployment, observedRoleCalls(calls, deployment, PARAMETERS), []);
}

describe('what the functions call is compared with their roles', () => {
  test('and when each role allows just that, nothing is told', () => {
    const getApps = allow('secretsmanager:GetSecretValue', APPS);
    expect(compare({ SetSecretRole: [getApps] }, [GET_APP])).toMatchObject({ missing: [], unused: [] });
  });

  test('a call that the role does not allow is told with the test that made it', () => {
    const { missing } = compare({ SetSecretRole: [] }, [GET_APP]);
    expect(missing).toEqual(
      APPS.map((resource) => ({
        role: 'SetSecretRole',
        caller: 'setSecret',
        action: 'secretsmanager:GetSecretValue',
        resource,
        origins: ['tests/some.test.ts'],
      })),
    );
  });

  test('a role that allows one of two secrets, or the wrong one, does not allow it', () => {
    const getOne = allow('secretsmanager:GetSecretValue', APPS[0]);
    expect(compare({ SetSecretRole: [getOne] }, [GET_APP]).missing).toMatchObject([{ resource: APPS[1] }]);
    const master = called('setSecret', 'GetSecretValue', 'master');
    const getApps = allow('secretsmanager:GetSecretValue', APPS);
    expect(compare({ SetSecretRole: [getApps] }, [GET_APP, master]).missing).toMatchObject([
      { resource: secret('master') },
    ]);
  });

  test("another function's role does not help", () => {
    const getApps = allow('secretsmanager:GetSecretValue', APPS);
    expect(compare({ SetSecretRole: [], KickoffRole: [getApps] }, [GET_APP])).toMatchObject({
      missing: [{ role: 'SetSecretRole' }, { role: 'SetSecretRole' }],
      unused: [{ role: 'KickoffRole' }, { role: 'KickoffRole' }],
    });
  });

  test('a permission that no call used is told, each action and resource by itself', () => {
    const actions = ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'];
    const { unused } = compare({ SetSecretRole: [allow(actions, [...APPS, secret('master')])] }, [GET_APP]);
    expect(unused.map(({ action, resource }) => [action, resource])).toEqual([
      [actions[0], secret('master')],
      ...[...APPS, secret('master')].map((resource) => [actions[1], resource]),
    ]);
  });

  test('an action without a resource needs *', () => {
    const random = called('setSecret', 'GetRandomPassword', 'none');
    expect(
      compare({ SetSecretRole: [allow('secretsmanager:GetRandomPassword', '*')] }, [random]),
    ).toMatchObject({ missing: [], unused: [] });
    expect(
      compare({ SetSecretRole: [allow('secretsmanager:GetRandomPassword', APPS)] }, [random]).missing,
    ).toHaveLength(1);
  });

  test('an execution is not its machine', () => {
    const calls = [
      called('kickoff', 'StartExecution', 'machine'),
      called('kickoff', 'RedriveExecution', 'execution'),
    ];
    const executions = { 'Fn::Sub': 'arn:aws:states:${AWS::Region}:${AWS::AccountId}:execution:rotation:*' };
    const start = allow('states:StartExecution', { Ref: 'Machine' });
    const fits = { KickoffRole: [start, allow('states:RedriveExecution', executions)] };
    expect(compare(fits, calls)).toMatchObject({ missing: [], unused: [] });
    const swapped = { KickoffRole: [start, allow('states:RedriveExecution', { Ref: 'Machine' })] };
    expect(compare(swapped, calls)).toMatchObject({
      missing: [{ action: 'states:RedriveExecution' }],
      unused: [{ action: 'states:RedriveExecution' }],
    });
  });

  test('an exemption takes the place of a call, for its role and action, and is told to be needed', () => {
    const statements = { SetSecretRole: [allow(['kms:Decrypt', 'kms:Encrypt'], '*')] };
    const entry = { roles: ['SetSecretRole'], actions: ['kms:Decrypt'], reason: 'none' };
    const idle = { ...entry, roles: ['KickoffRole'] };
    const { unused, exemptions } = comparePermissions(deployed(statements), [], [idle, entry]);
    expect(unused).toEqual([{ role: 'SetSecretRole', action: 'kms:Encrypt', resource: '*' }]);
    expect(exemptions).toEqual(['SetSecretRole kms:Decrypt']);
  });
});

describe('what services call with our roles follows from the template', () => {
  const calls = impliedRoleCalls(deployed({}));

  test('a machine calls the functions of its tasks, a schedule its target and its dead-letter queue', () => {
    expect(calls.map(({ role, caller, action, resource }) => [role, caller, action, resource])).toEqual([
      [
        'MachineRole',
        'Machine',
        'lambda:InvokeFunction',
        'arn:aws:lambda:eu-central-1:111122223333:function:SetSecretLambdaFunction',
      ],
      [
        'ScheduleRole',
        'Schedule',
        'states:StartExecution',
        'arn:aws:states:eu-central-1:111122223333:stateMachine:rotation',
      ],
      ['ScheduleRole', 'Schedule', 'sqs:SendMessage', 'arn:aws:sqs:eu-central-1:111122223333:dead'],
    ]);
  });

  test('and a role that allows another function is told in both directions', () => {
    const invoke = allow('lambda:InvokeFunction', { 'Fn::GetAtt': ['KickoffLambdaFunction', 'Arn'] });
    const ofMachine = calls.filter(({ role }) => role === 'MachineRole');
    expect(comparePermissions(deployed({ MachineRole: [invoke] }), ofMachine, [])).toMatchObject({
      missing: [{ role: 'MachineRole' }],
      unused: [{ role: 'MachineRole' }],
    });
  });
});

test('notes that are not notes of calls are refused', () => {
  expect(readCalls(`${JSON.stringify(GET_APP)}\n`)).toEqual([GET_APP]);
  expect(() => readCalls('{"functionName":"setSecret"}\n')).toThrow();
  expect(() => readCalls(JSON.stringify({ ...GET_APP, value: 'x' }))).toThrow();
});
