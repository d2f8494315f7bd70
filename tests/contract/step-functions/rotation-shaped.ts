export const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

const retry = (error: string, attempts: number): object => ({
  ErrorEquals: [error],
  IntervalSeconds: 3,
  BackoffRate: 2,
  MaxDelaySeconds: 30,
  MaxAttempts: attempts,
  JitterStrategy: 'NONE',
});

/** A Task as every Task should be, with what it has beside that. */
export const task = (name: string, rest: object): object => ({
  Type: 'Task',
  Resource: arnOf(name),
  TimeoutSeconds: 40,
  ...rest,
});

const question = (variable: string, yes: string, no: string): object => ({
  Type: 'Choice',
  Choices: [{ Variable: variable, BooleanEquals: true, Next: yes }],
  Default: no,
});

/** Shaped like the rotation, and fixed: the contract is Step Functions', whatever becomes of the rotation. */
export const ROTATION_SHAPED = JSON.stringify({
  StartAt: 'CreateSecret',
  TimeoutSeconds: 3_600,
  States: {
    CreateSecret: task('createSecret', {
      Parameters: { 'input.$': '$', 'executionArn.$': '$$.Execution.Id' },
      Next: 'IsAlreadyRotated',
    }),
    IsAlreadyRotated: question('$.alreadyRotated', 'RotationSucceeded', 'SetSecret'),
    SetSecret: task('setSecret', {
      ResultPath: '$.setSecret',
      Retry: [retry('MasterCredentialRejectedError', 10), retry('DatabaseBusyError', 6)],
      Next: 'WaitForPassword',
    }),
    WaitForPassword: { Type: 'Wait', Seconds: 5, Next: 'TestSecret' },
    TestSecret: task('testSecret', {
      ResultPath: '$.testSecret',
      Catch: [{ ErrorEquals: ['SetAgainRequiredError'], ResultPath: '$.error', Next: 'SetSecret' }],
      Next: 'FinishSecret',
    }),
    FinishSecret: task('finishSecret', { ResultPath: '$.finishSecret', Next: 'RotationSucceeded' }),
    RotationSucceeded: { Type: 'Succeed' },
  },
});
