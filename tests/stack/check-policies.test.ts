import { actionFaults } from './check/iam/action-faults';
import { callerFaults, functionCallerFaults } from './check/iam/caller-faults';
import { conditionFaults } from './check/iam/condition-faults';
import { policiesIn, type Policy, type Statement } from './check/iam/policies';
import { roleFaults } from './check/iam/role-faults';
import { EXAMPLE_SECRET as SECRET, examplePolicy as policy } from './check/iam/example-policy';
import type { Resource } from './check/template';
import { Deployment } from './check/template/resolve';

const deployment = (Resources: Record<string, unknown>) =>
  new Deployment({ Resources: Resources as Record<string, Resource> });

describe('an action', () => {
  test('of the service authorization reference that works on the resource has no fault', async () => {
    expect(await actionFaults(policy({}))).toEqual([]);
    expect(
      await actionFaults(
        policy({
          actions: ['logs:PutLogEvents'],
          resources: ['arn:aws:logs:eu-central-1:111122223333:log-group:/aws/lambda/x:*'],
        }),
      ),
    ).toEqual([]);
  });

  test.each([
    ['secretsmanager:GetSecretValues', SECRET, 'there is no action secretsmanager:GetSecretValues'],
    ['secretmanager:GetSecretValue', SECRET, 'there is no action secretmanager:GetSecretValue'],
    ['states:StartExecution', SECRET, `states:StartExecution does not work on ${SECRET}`],
    [
      'secretsmanager:GetRandomPassword',
      SECRET,
      `secretsmanager:GetRandomPassword does not work on ${SECRET}`,
    ],
    ['secretsmanager:Get*', SECRET, 'secretsmanager:Get* allows whatever the service will be able to do'],
    ['*', '*', '* allows whatever the service will be able to do'],
  ])('%s on %s is a fault', async (action, resource, fault) => {
    expect(await actionFaults(policy({ actions: [action], resources: [resource] }))).toEqual([
      `SomeRole: ${fault}`,
    ]);
  });

  test('of an execution does not work on a state machine', async () => {
    const machine = 'arn:aws:states:eu-central-1:111122223333:stateMachine:rotation';
    expect(
      await actionFaults(policy({ actions: ['states:RedriveExecution'], resources: [machine] })),
    ).toHaveLength(1);
  });
});

describe('a condition', () => {
  const onStage = (operator: string, key: string) => ({
    conditions: { [operator]: { [key]: ['AWSCURRENT'] } },
  });

  test('with a key of the action, or of every action, has no fault', async () => {
    expect(await conditionFaults(policy(onStage('StringEquals', 'secretsmanager:VersionStage')))).toEqual([]);
    expect(await conditionFaults(policy(onStage('StringEquals', 'aws:ResourceTag/team')))).toEqual([]);
    expect(await conditionFaults(policy(onStage('StringLikeIfExists', 'aws:SourceAccount')))).toEqual([]);
  });

  test('with a key that the request never has is a fault', async () => {
    expect(await conditionFaults(policy(onStage('StringEquals', 'secretsmanager:Stage')))).toEqual([
      'SomeRole: the condition key secretsmanager:Stage says nothing about secretsmanager:GetSecretValue',
    ]);
    expect(await conditionFaults(policy(onStage('StringEquals', 'kms:ViaService')))).toHaveLength(1);
  });

  test('with an operator that does not exist is a fault', async () => {
    expect(await conditionFaults(policy(onStage('StringIs', 'secretsmanager:VersionStage')))).toEqual([
      'SomeRole: there is no condition operator StringIs',
    ]);
  });
});

describe('a service that may act here', () => {
  const byService = (service: string, conditions: Statement['conditions'], kind: Policy['kind'] = 'trust') =>
    callerFaults(policy({ principals: { Service: [service] }, conditions }, kind));
  const OF_THIS_ACCOUNT = { StringEquals: { 'aws:SourceAccount': ['111122223333'] } };

  test('must do so for this account', () => {
    expect(byService('states.amazonaws.com', {})).toEqual([
      'SomeRole: states.amazonaws.com may act for any account: aws:SourceAccount is missing',
    ]);
    expect(byService('states.amazonaws.com', OF_THIS_ACCOUNT)).toEqual([]);
  });

  test('is not asked to when it takes roles of its own account only', () => {
    expect(byService('lambda.amazonaws.com', {})).toEqual([]);
    expect(byService('lambda.amazonaws.com', {}, 'resource')).toHaveLength(1);
  });

  test('calls a function for this account only', () => {
    const permission = (others: object) =>
      deployment({
        Permission: {
          Type: 'AWS::Lambda::Permission',
          Properties: { Principal: 'secretsmanager.amazonaws.com', ...others },
        },
      });
    expect(functionCallerFaults(permission({}))).toHaveLength(1);
    expect(functionCallerFaults(permission({ SourceAccount: { Ref: 'AWS::AccountId' } }))).toEqual([]);
  });
});

describe('a role', () => {
  const role = (id: string) => ({
    Type: 'AWS::Lambda::Function',
    Properties: { Role: { 'Fn::GetAtt': [id, 'Arn'] } },
  });

  test('is that of one function, with nothing that stands elsewhere', () => {
    expect(
      roleFaults(
        deployment({
          SetSecretLambdaFunction: role('StepRole'),
          TestSecretLambdaFunction: role('StepRole'),
          StepRole: {
            Type: 'AWS::IAM::Role',
            Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/x'] },
          },
          More: { Type: 'AWS::IAM::Policy', Properties: {} },
        }),
      ),
    ).toEqual([
      'StepRole: it is the role of several functions',
      'StepRole: what a managed policy allows cannot be compared with what is called',
      'More: a policy stands in the role that has it, where everybody sees it',
    ]);
  });

  test('whose statement allows all but something cannot be judged', () => {
    const document = { Statement: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] };
    const Properties = { PolicyDocument: document };
    expect(() => policiesIn(deployment({ Topic: { Type: 'AWS::SNS::TopicPolicy', Properties } }))).toThrow(
      /NotAction/,
    );
  });
});
