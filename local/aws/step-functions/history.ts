import type { HistoryEvent, HistoryEventType } from '@aws-sdk/client-sfn';
import type { ExecutionEvent, ExecutionRecord } from '../../state-machine/execution-record';
import type { FunctionCall } from './function-calls';
import { failureOfLambda } from './lambda-failure';

/** An event's own part: what happened, and its one member of details. */
type Details = Omit<HistoryEvent, 'id' | 'previousEventId' | 'timestamp' | 'type'>;

const WHOLE = { truncated: false };

const inputOf = (value: unknown) => ({ input: JSON.stringify(value), inputDetails: WHOLE });
const outputOf = (value: unknown) => ({ output: JSON.stringify(value), outputDetails: WHOLE });

/**
 * Writes an execution's history under AWS's event names. `previousEventId` is the event that led to this one, by
 * AWS's habits: 0 for the first state and for an abort, the entry of the state for a Task that a redrive repeats.
 */
export class History {
  readonly #events: HistoryEvent[] = [];
  readonly #now: () => Date;
  #previous = 0;
  #entry = { id: 0, name: '', type: '' };
  /** Made, and not yet in the history: the interpreter's events arrive after the call that they announce. */
  #calls: FunctionCall[] = [];
  #call: FunctionCall | undefined;
  #isRepeating = false;

  constructor(now: () => Date) {
    this.#now = now;
  }

  get events(): readonly HistoryEvent[] {
    return this.#events;
  }

  started(input: string, roleArn: string): void {
    this.#write('ExecutionStarted', {
      executionStartedEventDetails: { input, inputDetails: WHOLE, roleArn },
    });
    this.#previous = 0;
  }

  redriven(redriveCount: number): void {
    this.#previous = this.#events.length;
    this.#write('ExecutionRedriven', { executionRedrivenEventDetails: { redriveCount } });
    this.#isRepeating = this.#entry.type === 'Task';
    this.#calls = [];
  }

  called(call: FunctionCall): void {
    this.#calls.push(call);
  }

  happened(event: ExecutionEvent): void {
    switch (event.kind) {
      case 'state-entered':
        this.#enter(event);
        break;
      case 'attempt-started':
        this.#schedule();
        break;
      case 'attempt-failed':
        this.#fail(event);
        break;
      case 'state-exited':
        this.#exit(event);
        break;
    }
  }

  ended({
    status,
    output,
    error,
    cause,
  }: Pick<ExecutionRecord, 'status' | 'output' | 'error' | 'cause'>): void {
    const failure = { error, cause };
    switch (status) {
      case 'SUCCEEDED':
        this.#write('ExecutionSucceeded', { executionSucceededEventDetails: outputOf(output) });
        break;
      case 'FAILED':
        this.#write('ExecutionFailed', { executionFailedEventDetails: failure });
        break;
      case 'TIMED_OUT':
        this.#write('ExecutionTimedOut', { executionTimedOutEventDetails: failure });
        break;
      case 'ABORTED':
        this.#previous = 0;
        this.#write('ExecutionAborted', { executionAbortedEventDetails: failure });
        break;
    }
  }

  /** A redriven Task is scheduled again without being entered again; any other state is re-entered. */
  #enter({ state: name, type, input }: ExecutionEvent & { kind: 'state-entered' }): void {
    if (this.#isRepeating) {
      this.#isRepeating = false;
      this.#previous = this.#entry.id;
    } else {
      this.#writeOfState(type, 'Entered', { stateEnteredEventDetails: { name, ...inputOf(input) } });
      this.#entry = { id: this.#previous, name, type };
    }
    if (type === 'Task') this.#schedule();
  }

  #schedule(): void {
    this.#call = this.#calls[0]?.state === this.#entry.name ? this.#calls.shift() : undefined;
    if (this.#call === undefined) return; // what the function should be given could not be made
    const { resource, payload, timeoutInSeconds } = this.#call;
    this.#write('LambdaFunctionScheduled', {
      lambdaFunctionScheduledEventDetails: { resource, ...inputOf(payload), timeoutInSeconds },
    });
    this.#write('LambdaFunctionStarted', {});
  }

  #fail({ error, cause }: ExecutionEvent & { kind: 'attempt-failed' }): void {
    const call = this.#call;
    this.#call = undefined; // so that a state which is left by its Catch does not show a success
    if (call === undefined || call.answer !== undefined) return; // not the function's fault
    if (error === 'States.Timeout') {
      this.#write('LambdaFunctionTimedOut', { lambdaFunctionTimedOutEventDetails: { error } });
    } else {
      const failure = failureOfLambda({ error, cause });
      this.#write('LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: failure });
    }
  }

  #exit({ state: name, output }: ExecutionEvent & { kind: 'state-exited' }): void {
    const answer = this.#call?.answer;
    this.#call = undefined;
    if (answer !== undefined) {
      const details = outputOf(answer.result);
      this.#write('LambdaFunctionSucceeded', { lambdaFunctionSucceededEventDetails: details });
    }
    this.#writeOfState(this.#entry.type, 'Exited', {
      stateExitedEventDetails: { name, ...outputOf(output) },
    });
  }

  /** The API has a type for the entry and the exit of each type of state that a definition may hold here. */
  #writeOfState(type: string, change: 'Entered' | 'Exited', details: Details): void {
    this.#write(`${type}State${change}` as HistoryEventType, details);
  }

  #write(type: HistoryEventType, details: Details): void {
    const id = this.#events.length + 1;
    this.#events.push({ timestamp: this.#now(), type, id, previousEventId: this.#previous, ...details });
    this.#previous = id;
  }
}
