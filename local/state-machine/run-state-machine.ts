import { randomUUID } from 'node:crypto';
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { FunctionError, toFunctionError } from '../lambda/function-error';
import { inProcess, throughJson, type Invoke } from '../lambda/in-process';
import type { ExecutionEvent, ExecutionRecord, StateRecord } from './execution-record';
import { loadDefinition } from './load-definition';
import { recordStates } from './record-states';
import { scaleTime } from './scale-time';
import { tasksOf } from './states';

/** A timer of Node holds 24.8 days; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface RunOptions {
  input: unknown;
  /** One per Task state that can be reached, by the state's name. Each is called under Lambda's conditions. */
  handlers: Readonly<Record<string, Invoke>>;
  /** 1 (default) waits in real time, 0 skips waits and the pauses between attempts; timeouts are not scaled. */
  timeScale?: number;
  /** Unique by default. A redrive keeps the name, and with it the execution's ARN. */
  executionName?: string;
  /** What `$$.Execution.Id` says. By default made of the name, in an account and a state machine of no one's. */
  executionArn?: string;
  /** A redrive: the state that failed, with `input` as it was recorded for that state. */
  startAt?: string;
  /** How often the execution has been re-driven, as the context object tells it; 0 by default. */
  redriveCount?: number;
  onEvent?: (event: ExecutionEvent) => void;
  /** Ends the execution as ABORTED. As in AWS, a handler that is at work finishes unheard. */
  signal?: AbortSignal;
  /** By default statemachine/rotation.asl.yml with the tunables of the environment. */
  definition?: StateMachineDefinition;
}

/** A Task without a handler would be called in AWS; a handler without a Task is a misspelt name. */
function requireHandlers(definition: StateMachineDefinition, handlers: RunOptions['handlers']): void {
  const tasks = [...tasksOf(definition).keys()];
  const missing = tasks.filter((name) => !(name in handlers));
  const unknown = Object.keys(handlers).filter((name) => !tasks.includes(name));
  if (missing.length > 0) throw new Error(`No handler for the Task states ${missing.join(', ')}`);
  if (unknown.length > 0) throw new Error(`Handlers for unknown Task states ${unknown.join(', ')}`);
}

/** The interpreter wakes a pausing state when the execution is stopped, and would call its handler once more. */
function whileRunning(invoke: Invoke, isStopped: () => boolean): (event: unknown) => Promise<never> {
  return async (event) => {
    if (isStopped()) throw new FunctionError('ExecutionStopped', 'The execution has ended');
    return (await inProcess(invoke)(event)) as never; // JSON by construction, which is what the interpreter asks
  };
}

type Ending = Pick<ExecutionRecord, 'status' | 'output' | 'error' | 'cause'>;

/**
 * Runs the state machine on this machine with the real definition; only what a Task calls is given by the caller.
 * Never rejects because of a handler: the record tells how the execution ended.
 */
export async function runStateMachine(options: RunOptions): Promise<ExecutionRecord> {
  const { handlers, timeScale = 1, executionName = randomUUID(), onEvent = () => undefined } = options;
  const loaded = options.definition ?? loadDefinition();
  requireHandlers(loaded, handlers);
  new StateMachine(loaded); // validates what would be deployed; the scaled copy below holds fractions of seconds

  const { TimeoutSeconds: timeoutSeconds, ...definition } = scaleTime(loaded, timeScale);
  const machine = new StateMachine(
    { ...definition, StartAt: options.startAt ?? definition.StartAt },
    { validationOptions: { noValidate: true } },
  );
  const input = throughJson(options.input);
  const { executionArn = `arn:aws:states:us-east-1:000000000000:execution:rotation:${executionName}` } =
    options;

  let stopped: Ending | undefined = options.signal?.aborted === true ? { status: 'ABORTED' } : undefined;
  const tasks = Object.entries(handlers).map(([name, invoke]) => [
    name,
    whileRunning(invoke, () => stopped !== undefined),
  ]);
  const run = machine.run(input as never, {
    overrides: { taskResourceLocalHandlers: Object.fromEntries(tasks) as Record<string, never> },
    noThrowOnAbort: true,
    context: {
      Execution: { Id: executionArn, Name: executionName, RedriveCount: options.redriveCount ?? 0 },
    },
  });
  const stop = (ending: Ending): void => {
    stopped ??= ending;
    run.abort();
  };

  const timer = setTimeout(
    () => {
      stop({ status: 'TIMED_OUT', error: 'States.Timeout', cause: 'The execution took longer than it may' });
    },
    Math.min((timeoutSeconds ?? Infinity) * 1_000, LONGEST_TIMER_MS),
  );
  const onAbort = (): void => {
    stop({ status: 'ABORTED' });
  };
  options.signal?.addEventListener('abort', onAbort, { once: true });

  const states: StateRecord[] = [];
  const recorded = recordStates(run.eventLogs, states, onEvent);
  try {
    const ending = await endingOf(run.result);
    await recorded;
    return { ...(stopped ?? ending), executionArn, input, states };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
  }
}

async function endingOf(result: Promise<unknown>): Promise<Ending> {
  try {
    return { status: 'SUCCEEDED', output: await result };
  } catch (thrown) {
    const { name, message } = toFunctionError((thrown as Error).cause ?? thrown);
    return { status: 'FAILED', error: name, cause: message };
  }
}
