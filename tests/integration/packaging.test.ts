import {
  definitionOf,
  FUNCTIONS,
  packageWith,
  rolesThatMay,
  statementsOf,
  valuesOf,
  type Packaged,
} from '../statemachine/packaged';

const TUNABLES = {
  DB_PASSWORD_PROPAGATION_WAIT: '7',
  RDS_PASSWORD_PROPAGATION_WAIT: '11',
  DB_CONNECTION_TEST_RETRIES: '13',
  DB_CONNECTION_TEST_RETRY_DELAY: '17',
};
const APP = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:app-AbCdEf';
const MASTER = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:master-AbCdEf';
const SUBNETS = ['subnet-0a1b2c3d', 'subnet-1a2b3c4d'];
const VPC = {
  VPC_SUBNET_IDS: SUBNETS.join(', '),
  VPC_SECURITY_GROUP_IDS: 'sg-0a1b2c3d',
  SECRETS_MANAGER_ENDPOINT: 'none',
};

/** A sentence of the driver's own that survives minification. */
const MYSQL2 = "Can't add new command when connection is in closed state";

let tuned: Packaged;
let inVpc: Packaged;

// Both at once: two packagings of one checkout must not get in each other's way.
beforeAll(async () => {
  [tuned, inVpc] = await Promise.all([
    packageWith({ environment: TUNABLES }),
    packageWith({
      stage: 'prod',
      environment: { AWS_REGION: 'eu-west-1', APP_SECRET_ARNS: APP, MASTER_SECRET_ARN: MASTER, ...VPC },
    }),
  ]);
});

describe('the state machine', () => {
  test('gets every tuned number, and integers wherever Step Functions wants them', () => {
    const definition = definitionOf(tuned);
    expect(definition.States['WaitForPasswordPropagation']).toMatchObject({ Seconds: 7 });
    expect(definition.States['WaitForMasterPassword']).toMatchObject({ Seconds: 11 });
    expect(definition.States['TestSecret']).toHaveProperty('Retry.0.MaxAttempts', 13);
    expect(definition.States['TestSecret']).toHaveProperty('Retry.0.IntervalSeconds', 17);
    const names = ['Seconds', 'TimeoutSeconds', 'IntervalSeconds', 'MaxAttempts', 'MaxDelaySeconds'];
    expect(valuesOf(names, definition).filter((value) => !Number.isInteger(value))).toEqual([]);
  });

  test('calls the packaged functions', () => {
    const { States: states } = definitionOf(tuned);
    const called = Object.values(states).flatMap(({ Resource: resource }) => resource ?? []);
    expect(called).toEqual(
      ['Preflight', 'CreateSecret', 'SetSecret', 'TestSecret', 'FinishSecret'].map(
        (name) => `${name}LambdaFunction`,
      ),
    );
  });

  test('keeps what passes through it out of the log', () => {
    expect(tuned.resources['RotationStateMachine']?.Properties).toMatchObject({
      StateMachineType: 'STANDARD',
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      RoleArn: { 'Fn::GetAtt': ['RotationStateMachineRole', 'Arn'] },
    });
  });

  test('may call its five functions and no other', () => {
    const invoke = statementsOf(tuned, 'RotationStateMachineRole').filter(({ Action }) =>
      [Action].flat().includes('lambda:InvokeFunction'),
    );
    expect(invoke.map(({ Resource: resource }) => resource)).toEqual([
      ['Preflight', 'CreateSecret', 'SetSecret', 'TestSecret', 'FinishSecret'].map((name) => ({
        'Fn::GetAtt': [`${name}LambdaFunction`, 'Arn'],
      })),
    ]);
  });
});

describe('the template', () => {
  test('holds no variable but those of CloudFormation', () => {
    const variables = [...tuned.text.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1]);
    expect(variables.filter((name) => !/^(AWS::\w+|[0-9a-f]{32})$/.test(name ?? ''))).toEqual([]);
  });

  test('has the roles that are written down, and none that a plugin made up', () => {
    const roles = Object.entries(tuned.resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role');
    expect(roles.map(([name]) => name).sort()).toEqual([
      'AgeScheduleRole',
      'CreateSecretRole',
      'FinishSecretRole',
      'KickoffRole',
      'PreflightRole',
      'ReportAgeRole',
      'ReportOutcomeRole',
      'RotationStateMachineRole',
      'SetSecretRole',
      'TestSecretRole',
    ]);
  });

  test('lets SetSecret and Preflight alone read the master, and FinishSecret read no value at all', () => {
    expect(rolesThatMay(inVpc, 'secretsmanager:GetSecretValue', MASTER)).toEqual([
      'PreflightRole',
      'SetSecretRole',
    ]);
    expect(rolesThatMay(inVpc, 'secretsmanager:GetSecretValue', APP)).not.toContain('FinishSecretRole');
    expect(rolesThatMay(inVpc, 'secretsmanager:UpdateSecretVersionStage', APP)).toEqual(['FinishSecretRole']);
    expect(rolesThatMay(inVpc, 'secretsmanager:PutSecretValue', APP)).toEqual([
      'KickoffRole',
      'CreateSecretRole',
    ]);
  });

  test('puts the Lambdas that talk to a database into the VPC, and only these', () => {
    const attached = Object.entries(inVpc.resources).filter(
      ([, { Properties }]) => 'VpcConfig' in Properties,
    );
    expect(attached.map(([name, { Properties }]) => [name, Properties['VpcConfig']])).toEqual(
      ['PreflightLambdaFunction', 'SetSecretLambdaFunction', 'TestSecretLambdaFunction'].map((name) => [
        name,
        { SubnetIds: SUBNETS, SecurityGroupIds: ['sg-0a1b2c3d'] },
      ]),
    );
    expect(rolesThatMay(inVpc, 'ec2:CreateNetworkInterface', '*')).toEqual([
      'PreflightRole',
      'SetSecretRole',
      'TestSecretRole',
    ]);
    expect(rolesThatMay(tuned, 'ec2:CreateNetworkInterface', '*')).toEqual([]);
  });
});

describe.each(FUNCTIONS)('the Lambda %s', (name, stem) => {
  test('is its own handler in a zip of its own, with its own role', () => {
    const logicalId = name.charAt(0).toUpperCase() + name.slice(1);
    expect(tuned.resources[`${logicalId}LambdaFunction`]?.Properties).toMatchObject({
      Handler: `functions/${stem}.handler`,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Role: { 'Fn::GetAtt': [`${logicalId}Role`, 'Arn'] },
    });
    expect(Object.keys(tuned.zips[name] ?? {})).toEqual([`functions/${stem}.js`]);
  });

  test('runs without this project around it, and its error names survive the minifier', () => {
    // ReportAge takes any event, and then misses its settings.
    expect(tuned.answers[name]).toBe(name === 'reportAge' ? 'ConfigurationError' : 'InvalidInputError');
  });

  test('carries the database driver only when it talks to a database', () => {
    const bundle = tuned.zips[name]?.[`functions/${stem}.js`] ?? '';
    expect(bundle.includes(MYSQL2)).toBe(['preflight', 'setSecret', 'testSecret'].includes(name));
  });
});
