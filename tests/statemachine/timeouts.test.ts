import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readTunables } from '../../config/tunables.cjs';
import { loadDefinition } from '../../local/state-machine/load-definition';
import { tasksOf, type Retrier, type State } from '../../local/state-machine/states';

const { functions } = parse(readFileSync(join(__dirname, '../../serverless.yml'), 'utf8')) as {
  functions: Record<string, { timeout: number }>;
};

/** All pauses of a retrier that is used up; with jitter, the longest they can be. */
function pauses(retrier: Retrier): number {
  const { IntervalSeconds = 1, BackoffRate = 2, MaxAttempts = 3, MaxDelaySeconds = Infinity } = retrier;
  if (BackoffRate === 1) return MaxAttempts * IntervalSeconds;
  return Array.from({ length: MaxAttempts }, (_, attempt) =>
    Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds),
  ).reduce((sum, pause) => sum + pause, 0);
}

/** The longest that one visit of a state can take. Each retrier counts its attempts for itself. */
function longestVisit(state: State): number {
  if (state.Type === 'Wait') return state.Seconds ?? 0;
  if (state.Type !== 'Task') return 0;
  const retriers = state.Retry ?? [];
  const attempts = 1 + retriers.reduce((sum, { MaxAttempts = 3 }) => sum + MaxAttempts, 0);
  return (
    attempts * (state.TimeoutSeconds ?? Infinity) + retriers.reduce((sum, each) => sum + pauses(each), 0)
  );
}

test.each([...tasksOf(loadDefinition(readTunables({})))])(
  '%s gives up later than its Lambda does, or a retry would overlap a live copy',
  (name, task) => {
    const lambda = functions[name.charAt(0).toLowerCase() + name.slice(1)];
    expect(task.TimeoutSeconds).toBeGreaterThan(lambda?.timeout ?? Infinity);
  },
);

test.each([
  ['by default', {}],
  ['with long waits', { DB_PASSWORD_PROPAGATION_WAIT: '86400', RDS_PASSWORD_PROPAGATION_WAIT: '3600' }],
  [
    'with many tests of the login',
    { DB_CONNECTION_TEST_RETRIES: '500', DB_CONNECTION_TEST_RETRY_DELAY: '60' },
  ],
])('the execution may take longer than all retries together, %s', (_case, environment) => {
  const definition = loadDefinition(readTunables(environment));
  // Everything from SetSecret on may be gone through twice: see the Catch that leads to SetAgain.
  const once = ['CreateSecret', 'WaitForMasterPassword', 'Preflight'];
  const longest = Object.entries(definition.States).reduce(
    (sum, [name, state]) => sum + longestVisit(state) * (once.includes(name) ? 1 : 2),
    0,
  );
  expect(definition.TimeoutSeconds).toBeGreaterThan(longest);
});
