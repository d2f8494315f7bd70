import { definitionFaults } from './check/definition-faults';
import { templateFaults } from './check/template-faults';
import { Deployment } from './check/template/resolve';
import { cycleFaults } from './check/template/cycle-faults';
import { referenceFaults } from './check/template/reference-faults';
import { schemaFaults } from './check/template/schema-faults';
import { variableFaults } from './check/template/variable-faults';
import type { Resource, Template } from './check/template';

const template = (Resources: Record<string, unknown>, others: Partial<Template> = {}): Template => ({
  Resources: Resources as Record<string, Resource>,
  ...others,
});

const QUEUE = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead-letters' } };
const SCHEDULE = {
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    ScheduleExpression: 'rate(1 hour)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] }, RoleArn: { 'Fn::Sub': 'arn:${AWS::Partition}:iam' } },
  },
};

test('a template without a fault has none', () => {
  expect(templateFaults(template({ Queue: QUEUE, Schedule: SCHEDULE }))).toEqual([]);
});

describe('a resource is compared with the schema of its type', () => {
  const queueWith = (Properties: object) => template({ Queue: { ...QUEUE, Properties } });
  const scheduleWith = (properties: object) =>
    template({ Schedule: { ...SCHEDULE, Properties: { ...SCHEDULE.Properties, ...properties } } });

  test.each([
    ['a type that is unknown', template({ A: { Type: 'AWS::SQS::Queues' } }), 'no type AWS::SQS::Queues'],
    ['a property that is unknown', queueWith({ Name: 'x' }), 'Properties: there is no property Name'],
    ['a text in place of a number', queueWith({ DelaySeconds: '5' }), 'DelaySeconds: expected an integer'],
    ['a number in place of a text', queueWith({ QueueName: 5 }), 'QueueName: expected a text, found 5'],
    ['a text in place of a flag', queueWith({ FifoQueue: 'true' }), 'FifoQueue: expected true or false'],
    ['an object in place of a list', queueWith({ Tags: { Key: 'a' } }), 'Tags: expected a list'],
    ['an item that is no tag', queueWith({ Tags: [{ Name: 'a' }] }), 'Tags.0: expected a tag'],
    ['a list from one name', queueWith({ Tags: { Ref: 'Queue' } }), 'Tags: expected array, found Ref'],
    ['what only AWS can tell', queueWith({ Arn: 'arn' }), "Arn is AWS::SQS::Queue's to tell"],
    [
      'a nested property that is unknown',
      scheduleWith({ FlexibleTimeWindow: { Mode: 'OFF', Mod: 1 } }),
      'FlexibleTimeWindow: there is no property Mod',
    ],
    [
      'a nested property that is missing',
      scheduleWith({ FlexibleTimeWindow: {} }),
      'FlexibleTimeWindow: Mode is required',
    ],
    [
      'a value that is not allowed',
      scheduleWith({ FlexibleTimeWindow: { Mode: 'off' } }),
      'Mode: expected one of',
    ],
    [
      'a member beside the properties',
      template({ Queue: { ...QUEUE, Depends: 'x' } }),
      'a resource has no Depends',
    ],
  ])('%s is a fault', (_what, planted, fault) => {
    expect(schemaFaults(planted)).toEqual([expect.stringContaining(fault)]);
  });

  test('a required property that AWS::NoValue takes away is missing', () => {
    const planted = scheduleWith({ ScheduleExpression: { Ref: 'AWS::NoValue' } });
    expect(schemaFaults(planted)).toEqual(['Resources.Schedule.Properties: ScheduleExpression is required']);
  });

  test('both branches of a condition are looked at', () => {
    const planted = queueWith({ DelaySeconds: { 'Fn::If': ['IsSlow', 5, 'none'] } });
    expect(schemaFaults(planted)).toEqual([expect.stringContaining('found "none"')]);
  });
});

describe('a reference must lead somewhere', () => {
  const refersTo = (value: unknown) =>
    template({ Queue: QUEUE, Other: { ...QUEUE, Properties: { QueueName: value } } });

  test.each([
    ['Ref', { Ref: 'Qeue' }],
    ['Fn::GetAtt', { 'Fn::GetAtt': ['Qeue', 'Arn'] }],
    ['Fn::Sub', { 'Fn::Sub': 'x-${Qeue}' }],
    ['Fn::Sub to an attribute', { 'Fn::Sub': 'x-${Qeue.Arn}' }],
    ['a value of Fn::Sub', { 'Fn::Sub': ['x-${name}', { name: { Ref: 'Qeue' } }] }],
    ['an item of Fn::Join', { 'Fn::Join': ['-', ['x', { Ref: 'Qeue' }]] }],
  ])('%s to nothing is a fault', (_kind, value) => {
    expect(referenceFaults(refersTo(value))).toEqual([expect.stringMatching(/Qeue, which is no resource$/)]);
  });

  test.each([{ 'Fn::GetAtt': ['Queue', 'Ar'] }, { 'Fn::GetAtt': 'Queue.Ar' }, { 'Fn::Sub': '${Queue.Ar}' }])(
    '%j, an attribute that the type does not have, is a fault',
    (value) => {
      expect(referenceFaults(refersTo(value))).toEqual([
        'Resources.Other.Properties.QueueName: GetAtt Queue.Ar, which AWS::SQS::Queue does not have',
      ]);
    },
  );

  test('DependsOn and conditions must be there too', () => {
    const planted = template({ Queue: { ...QUEUE, DependsOn: ['Role'], Condition: 'IsProd' } });
    expect(referenceFaults(planted)).toEqual([
      'Resources.Queue: DependsOn Role, which is no resource',
      'Resources.Queue: no condition IsProd',
    ]);
  });

  test('an output must lead somewhere', () => {
    const planted = template({}, { Outputs: { QueueArn: { Value: { Ref: 'Queue' } } } });
    expect(referenceFaults(planted)).toEqual(['Outputs.QueueArn.Value: Ref Queue, which is no resource']);
  });

  test('a circle of resources is told', () => {
    const next = (id: string) => ({
      ...QUEUE,
      Properties: { QueueName: { 'Fn::Sub': `\${${id}.QueueName}` } },
    });
    const planted = template({ A: next('B'), B: { ...QUEUE, DependsOn: 'C' }, C: next('A'), D: next('A') });
    expect(cycleFaults(planted)).toEqual(['Resources.A: a circle A -> B -> C -> A']);
  });
});

test.each([
  '${self:custom.machineName}',
  "${env:STAGE, 'dev'}",
  '${file(config/tunables.cjs):wait}',
  '${Queue}',
])('the variable %s that nobody resolved is a fault', (text) => {
  const planted = template({ Queue: { ...QUEUE, Properties: { QueueName: `x-${text}` } } });
  expect(variableFaults(planted)).toHaveLength(1);
});

test('a variable of the framework is a fault inside of Fn::Sub too, one of CloudFormation is not', () => {
  const queueNamed = (text: string) =>
    template({ Queue: { ...QUEUE, Properties: { QueueName: { 'Fn::Sub': text } } } });
  expect(variableFaults(queueNamed('${self:service}'))).toHaveLength(1);
  expect(variableFaults(queueNamed('${AWS::Region}-${Queue}'))).toEqual([]);
});

describe('the definition of the state machine', () => {
  const SetSecret = { Type: 'Task', Resource: 'SetSecretLambdaFunction', TimeoutSeconds: 70, End: true };
  const file = { StartAt: 'SetSecret', States: { SetSecret } };
  const deployed = (definition: object) => {
    const text = JSON.stringify(definition).replace('SetSecretLambdaFunction', '${setSecret}');
    const arn = { 'Fn::GetAtt': ['SetSecretLambdaFunction', 'Arn'] };
    const Properties = { DefinitionString: { 'Fn::Sub': [text, { setSecret: arn }] } };
    return new Deployment(template({ Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties } }));
  };
  const faults = (definition: object) => definitionFaults(deployed(definition), 'Machine', file);

  test('that is the one of the file has no fault', () => {
    expect(faults(file)).toEqual([]);
  });

  test('is compared state by state, down to a number', () => {
    expect(faults({ ...file, States: { SetSecret: { ...SetSecret, TimeoutSeconds: 71 } } })).toEqual([
      'Machine: the state SetSecret is not the one of the file',
    ]);
    expect(faults({ ...file, States: { SetSecret, Extra: { Type: 'Succeed' } } })).toEqual([
      'Machine: the state Extra is not the one of the file',
    ]);
    expect(faults({ ...file, States: {} })).toHaveLength(1);
  });

  test('is compared around the states too', () => {
    expect(faults({ ...file, TimeoutSeconds: 5 })).toEqual([
      'Machine: what stands around the states is not as in the file',
    ]);
  });
});
