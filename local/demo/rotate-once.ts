import { watchInFlight } from '../lambda/in-flight';
import { reportStates } from '../lab/state-report';
import type { Invoke } from '../lambda/in-process';
import type { ExecutionEvent, ExecutionRecord } from '../state-machine/execution-record';
import { runStateMachine } from '../state-machine/run-state-machine';
import type { SetSecretResult } from '../../lib/rotation/state';
import type { Application } from './application';
import type { ApplicationDatabase } from '../application/application-database';
import type { DemoRotation } from './demo-report';
import type { DemoSecrets } from './demo-secrets';

export interface Scene {
  steps: Readonly<Record<string, Invoke>>;
  database: ApplicationDatabase;
  secrets: DemoSecrets;
  application: Application;
  timeScale: number;
  signal: AbortSignal;
}

/** Runs the state machine on the application's secret. @throws when `signal` is aborted. */
export async function rotateOnce(
  scene: Scene,
  onEvent: (event: ExecutionEvent) => void,
): Promise<DemoRotation> {
  const { steps, database, secrets, application, timeScale, signal } = scene;
  const input = { secretId: secrets.appArn, owner: 'schedule' };
  const { handlers, settled } = watchInFlight(steps);
  const record = await runStateMachine({ input, handlers, timeScale, onEvent, signal });
  await settled();
  signal.throwIfAborted();

  const { status, error, cause } = record;
  const [from, to] = switchOf(record);
  return {
    status,
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    currentUser: (await secrets.current()).username,
    users: await database.existingAppUsers(),
    ...changesOf(record),
    loginsDuringSwitch: application.loginsBetween(from, to),
    states: reportStates(record),
  };
}

/** From the moment the database may change to the moment AWSCURRENT has moved; nothing when it did not come to that. */
function switchOf({ states }: ExecutionRecord): [from: number, to: number] {
  const first = states.find(({ name }) => name === 'SetSecret');
  const last = states.findLast(({ name }) => name === 'FinishSecret');
  if (first === undefined || last === undefined) return [0, 0];
  return [Date.parse(first.startedAt), Date.parse(last.startedAt) + last.durationMs];
}

function changesOf({ output }: ExecutionRecord): Pick<DemoRotation, 'initialSetup' | 'granted' | 'revoked'> {
  const result = (output as { setSecret?: SetSecretResult } | undefined)?.setSecret;
  return {
    initialSetup: result?.initialSetup ?? null,
    granted: result?.granted ?? null,
    revoked: result?.revoked ?? null,
  };
}
