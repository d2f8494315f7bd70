import { runsOf, type HistoryEvent } from '../../../lib/executions/runs-of';
import { summarise } from '../../../lib/reporting/run-summary';

const at = (second: number) => new Date(Date.UTC(2026, 10, 21, 10, 0, second));
const started = (second = 0): HistoryEvent => ({ type: 'ExecutionStarted', timestamp: at(second) });
const redriven = (second: number): HistoryEvent => ({ type: 'ExecutionRedriven', timestamp: at(second) });
const entered = (name: string): HistoryEvent => ({
  type: 'TaskStateEntered',
  stateEnteredEventDetails: { name },
});
const called: HistoryEvent = { type: 'LambdaFunctionScheduled' };
const succeeded: HistoryEvent = { type: 'LambdaFunctionSucceeded' };
const failed = (error: string): HistoryEvent[] => [
  called,
  { type: 'LambdaFunctionFailed', lambdaFunctionFailedEventDetails: { error, cause: 'why' } },
];
const finishing = (...events: HistoryEvent[]): HistoryEvent[] => [
  started(),
  entered('FinishSecret'),
  ...events,
];
const summaryOf = (events: HistoryEvent[], index = 0) => summarise(runsOf(events), index);

describe('what the history of an execution tells', () => {
  it('is where it ended, after how many attempts, and how often the master was rotating', () => {
    const history = [
      started(),
      entered('CreateSecret'),
      called,
      succeeded,
      entered('SetSecret'),
      ...failed('MasterCredentialRejectedError'),
      ...failed('MasterCredentialRejectedError'),
      ...failed('DatabaseBusyError'),
    ];

    expect(summaryOf(history)).toEqual({
      startedAt: at(0),
      state: 'SetSecret',
      attempts: 3,
      lastFailure: { outcome: 'failed', error: 'DatabaseBusyError', cause: 'why' },
      masterCollisions: 2,
      moved: 'no',
    });
  });

  it('is told of each run by itself, also when a Task is repeated without being entered', () => {
    const collision = failed('MasterCredentialRejectedError');
    const history = [
      started(),
      entered('SetSecret'),
      ...collision,
      ...collision,
      redriven(30),
      ...collision,
      redriven(60),
      called,
      succeeded,
      entered('TestSecret'),
    ];

    expect([0, 1, 2].map((index) => summaryOf(history, index))).toMatchObject([
      { startedAt: at(0), state: 'SetSecret', attempts: 2, masterCollisions: 2 },
      { startedAt: at(30), state: 'SetSecret', attempts: 1, masterCollisions: 1 },
      { startedAt: at(60), state: 'TestSecret', attempts: 0, masterCollisions: 0, lastFailure: undefined },
    ]);
  });

  it('is little when it cannot be seen yet', () => {
    expect(summaryOf([], 1)).toEqual({
      startedAt: undefined,
      state: undefined,
      attempts: 0,
      lastFailure: undefined,
      masterCollisions: 0,
      moved: 'no',
    });
  });

  it.each([
    ['LambdaFunctionTimedOut', { lambdaFunctionTimedOutEventDetails: {} }, 'States.Timeout'],
    [
      'LambdaFunctionScheduleFailed',
      { lambdaFunctionScheduleFailedEventDetails: { error: 'Lambda.TooManyRequestsException' } },
      'Lambda.TooManyRequestsException',
    ],
    [
      'LambdaFunctionStartFailed',
      { lambdaFunctionStartFailedEventDetails: { error: 'Lambda.ServiceException' } },
      'Lambda.ServiceException',
    ],
  ])('counts %s as an attempt that failed', (type, details, error) => {
    const summary = summaryOf([started(), entered('SetSecret'), called, { type, ...details }]);

    expect(summary).toMatchObject({ attempts: 1, lastFailure: { error } });
  });
});

describe('whether AWSCURRENT was moved', () => {
  const lost = failed('Sandbox.Timedout');

  it.each([
    ['no', 'FinishSecret was not called', [started(), entered('TestSecret'), ...failed('DatabaseBusyError')]],
    ['no', 'the move was refused', finishing(...failed('SecretAccessDeniedError'))],
    ['no', 'somebody else had moved it', finishing(...failed('RotationSupersededError'))],
    ['yes', 'FinishSecret had answered', finishing(called, succeeded)],
    ['unknown', 'FinishSecret was at work', finishing(called)],
    ['unknown', 'the Lambda was lost', finishing(...lost)],
    ['unknown', 'the answer was lost', finishing(...failed('SecretStoreUnavailableError'))],
    ['unknown', 'nobody knows what happened', finishing(...failed('UnexpectedError'))],
    ['unknown', 'it was lost, and then refused', finishing(...lost, ...failed('SecretAccessDeniedError'))],
    [
      'unknown',
      'it was lost in the run before',
      finishing(...lost, redriven(9), ...failed('ConfigurationError')),
    ],
    ['no', 'it was lost, and then the labels were read', finishing(...lost, ...failed('ProofOutdatedError'))],
    ['yes', 'it was lost, and then found', finishing(...lost, called, succeeded)],
  ] as const)('is told as "%s" when %s', (moved, _when, history) => {
    const runs = runsOf(history);

    expect(summarise(runs, runs.length - 1).moved).toBe(moved);
  });
});
