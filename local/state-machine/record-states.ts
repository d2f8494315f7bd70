import type { StateMachine } from 'aws-local-stepfunctions';
import type { ExecutionEvent, StateRecord } from './execution-record';

type RunEvents = ReturnType<StateMachine['run']>['eventLogs'];
type RunEvent = RunEvents extends AsyncGenerator<infer Event> ? Event : never;

/**
 * Follows the interpreter's events to their end.
 * @param states receives a record per visited state, in order, also when the execution ends badly
 * @param onEvent hears of each step as it happens
 */
export async function recordStates(
  events: RunEvents,
  states: StateRecord[],
  onEvent: (event: ExecutionEvent) => void,
): Promise<void> {
  for await (const event of events) {
    observe(event, states, onEvent);
  }
}

function observe(event: RunEvent, states: StateRecord[], onEvent: (event: ExecutionEvent) => void): void {
  const at = new Date(event.timestamp).toISOString();
  const visit = states.at(-1);
  if (event.type === 'StateEntered') {
    const { name, type, input } = event.state;
    states.push({ name, type, startedAt: at, durationMs: 0, attempts: 1, input });
    onEvent({ kind: 'state-entered', at, state: name, type, input });
    return;
  }
  if (visit === undefined) return;
  visit.durationMs = event.timestamp - Date.parse(visit.startedAt);
  const { name: state, durationMs } = visit;
  if (event.type === 'StateFailed') {
    const { Error: error, Cause } = event;
    const cause = String(Cause);
    Object.assign(visit, { error, cause });
    onEvent({ kind: 'attempt-failed', at, state, attempt: visit.attempts, error, cause });
  } else if (event.type === 'StateRetried') {
    visit.attempts += 1;
    onEvent({ kind: 'attempt-started', at, state, attempt: visit.attempts });
  } else if (event.type === 'StateExited') {
    const { output } = event.state;
    visit.output = output;
    delete visit.error;
    delete visit.cause;
    onEvent({ kind: 'state-exited', at, state, durationMs, attempts: visit.attempts, output });
  }
}
