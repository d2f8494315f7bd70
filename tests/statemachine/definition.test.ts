import * as errors from '../../lib/errors';
import { readTunables } from '../../config/tunables.cjs';
import { loadDefinition } from '../../local/state-machine/load-definition';
import { tasksOf, type Retrier } from '../../local/state-machine/states';

/** Names that Step Functions itself gives to a Task's failure (developer guide, "Handling errors"). */
const PLATFORM_ERRORS = [
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'States.Timeout',
];

const TRANSIENT_ERRORS = ['DatabaseUnavailableError', 'DatabaseBusyError', 'SecretStoreUnavailableError'];

const definition = loadDefinition(readTunables({}));
const tasks = [...tasksOf(definition)];
const states = Object.entries(definition.States);

const retriersOf = (name: string): Retrier[] => tasksOf(definition).get(name)?.Retry ?? [];
const allRetriers = tasks.flatMap(([, task]) => task.Retry ?? []);
const retriedNames = allRetriers.flatMap((retrier) => retrier.ErrorEquals);

type ErrorClass = new (message: string) => errors.RotationError;
const errorClasses = Object.entries(errors).filter(([name]) => name !== 'RotationError') as [
  string,
  ErrorClass,
][];
const retriedClasses = errorClasses.filter(([, Class]) => new Class('').retried).map(([name]) => name);

describe('the state machine', () => {
  test('goes through the steps in their order', () => {
    expect(definition.StartAt).toBe('ChooseOperation');
    expect(states.map(([name, state]) => `${name} (${state.Type})`)).toEqual([
      'ChooseOperation (Choice)',
      'Preflight (Task)',
      'PreflightPassed (Succeed)',
      'CreateSecret (Task)',
      'IsAlreadyRotated (Choice)',
      'IsMasterRotating (Choice)',
      'WaitForMasterPassword (Wait)',
      'SetSecret (Task)',
      'WaitForPasswordPropagation (Wait)',
      'TestSecret (Task)',
      'FinishSecret (Task)',
      'SetAgain (Pass)',
      'RotationSucceeded (Succeed)',
    ]);
  });

  test('stays at the step that failed, so that a redrive starts there', () => {
    expect(states.filter(([, state]) => state.Type === 'Fail')).toEqual([]);
    const catchers = tasks.flatMap(([name, task]) => (task.Catch ?? []).map((catcher) => [name, catcher]));
    const toSetAgain = { ResultPath: '$.setAgainError', Next: 'SetAgain' };
    const toSetSecret = { ResultPath: '$.superseded', Next: 'SetSecret' };
    expect(catchers).toEqual([
      ['TestSecret', { ErrorEquals: ['SetAgainRequiredError', 'ProofOutdatedError'], ...toSetAgain }],
      ['TestSecret', { ErrorEquals: ['RotationSupersededError'], ...toSetSecret }],
      ['FinishSecret', { ErrorEquals: ['ProofOutdatedError'], ...toSetAgain }],
      ['FinishSecret', { ErrorEquals: ['RotationSupersededError'], ...toSetSecret }],
    ]);
  });

  test.each(states)('%s says what it is for', (_name, state) => {
    expect(state.Comment).toMatch(/^[A-Z].*\.$/);
  });

  test.each(['CreateSecret', 'Preflight'])(
    'hands the input and the execution to %s, whose result becomes the state',
    (name) => {
      const createSecret = tasksOf(definition).get(name);
      expect(createSecret?.Parameters).toEqual({ 'input.$': '$', 'executionArn.$': '$$.Execution.Id' });
      expect(createSecret).not.toHaveProperty('ResultPath');
    },
  );

  test.each(['SetSecret', 'TestSecret', 'FinishSecret'])('%s adds its result under its own name', (name) => {
    const key = name.charAt(0).toLowerCase() + name.slice(1);
    expect(tasksOf(definition).get(name)).toMatchObject({ ResultPath: `$.${key}` });
  });
});

describe('retries', () => {
  test.each(tasks)('%s is tried again after a transient and after a platform error', (name, task) => {
    const lists = (task.Retry ?? []).map((retrier) => retrier.ErrorEquals);
    // What a layer answers is the verdict that a preflight was asked for.
    if (name !== 'Preflight') expect(lists).toContainEqual(TRANSIENT_ERRORS);
    expect(lists).toContainEqual(PLATFORM_ERRORS);
  });

  test('every retried name is a retried error of this program or one of the platform', () => {
    expect(retriedNames.filter((name) => ![...retriedClasses, ...PLATFORM_ERRORS].includes(name))).toEqual(
      [],
    );
  });

  test('every error that lib/errors.ts calls retried is retried somewhere', () => {
    expect(retriedClasses.filter((name) => !retriedNames.includes(name))).toEqual([]);
  });

  test('no state names an error in two retriers', () => {
    for (const [, task] of tasks) {
      const names = (task.Retry ?? []).flatMap((retrier) => retrier.ErrorEquals);
      expect(names).toEqual([...new Set(names)]);
    }
  });

  test('retriers for the same errors are equal in every state', () => {
    for (const retrier of allRetriers) {
      const same = allRetriers.find((other) => other.ErrorEquals.join() === retrier.ErrorEquals.join());
      expect(retrier).toEqual(same);
    }
  });

  test.each(allRetriers)('$ErrorEquals has numbers that Step Functions accepts', (retrier) => {
    expect(['FULL', 'NONE']).toContain(retrier.JitterStrategy);
    expect(retrier.BackoffRate).toBeGreaterThanOrEqual(1);
    expect(Number.isInteger(retrier.IntervalSeconds)).toBe(true);
    expect(retrier.IntervalSeconds).toBeGreaterThanOrEqual(1);
    expect(Number.isInteger(retrier.MaxAttempts)).toBe(true);
    expect(retrier.MaxDelaySeconds ?? Infinity).toBeGreaterThan(retrier.IntervalSeconds ?? 1);
  });

  test('a rotating master is waited for 225 seconds, in pauses that an operator can predict', () => {
    expect(retriersOf('SetSecret')[0]).toEqual({
      ErrorEquals: ['MasterCredentialRejectedError'],
      IntervalSeconds: 3,
      BackoffRate: 2,
      MaxDelaySeconds: 30,
      MaxAttempts: 10,
      JitterStrategy: 'NONE',
    });
  });

  test('the pending login is tried at a constant pace', () => {
    expect(retriersOf('TestSecret')[0]).toEqual({
      ErrorEquals: ['SetAgainRequiredError', 'PendingCredentialRejectedError'],
      IntervalSeconds: 5,
      BackoffRate: 1,
      MaxAttempts: 3,
      JitterStrategy: 'NONE',
    });
  });
});
