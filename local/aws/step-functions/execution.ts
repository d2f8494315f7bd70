import type { Invoke } from '../../lambda/in-process';
import type { ExecutionRecord, ExecutionStatus } from '../../state-machine/execution-record';
import { runStateMachine } from '../../state-machine/run-state-machine';
import { executionArn } from './arns';
import { taskHandlers } from './function-calls';
import { History } from './history';
import { type Failure, failureOfLambda } from './lambda-failure';
import { RedriveTokens } from './redrive-tokens';
import { parseDefinition, type StateMachine } from './state-machine';
import { type ExecutionStatusChange, statusChangeOf } from './status-change';

/** What every execution of one endpoint runs with. */
export interface Environment {
  readonly now: () => Date;
  /** See `RunOptions.timeScale`. */
  readonly timeScale: number;
  /** By ARN. */
  readonly functions: Readonly<Record<string, Invoke>>;
  readonly onStatusChange: (change: ExecutionStatusChange) => void;
}

type Outcome = Pick<ExecutionRecord, 'status' | 'output' | 'error' | 'cause'>;

/** Where a redrive goes on: the state that was not left, with the input that it had been entered with. */
interface ResumePoint {
  readonly startAt: string;
  readonly input: unknown;
}

/** One execution over all its redrives: the name, the input and the history stay, the status starts anew. */
export class Execution {
  readonly arn: string;
  readonly startDate: Date;
  readonly history: History;
  readonly redriveTokens = new RedriveTokens();
  status: 'RUNNING' | ExecutionStatus = 'RUNNING';
  stopDate: Date | undefined;
  output: string | undefined;
  error: string | undefined;
  cause: string | undefined;
  redriveCount = 0;
  redriveDate: Date | undefined;

  readonly #environment: Environment;
  #resumePoint: ResumePoint | undefined;
  #stopper = new AbortController();
  #stopReason: Partial<Failure> = {};
  #ended: Promise<void> = Promise.resolve();

  /**
   * @param serial grows from one execution to the next
   * @param input the JSON text exactly as it was given
   */
  constructor(
    readonly serial: number,
    readonly machine: StateMachine,
    readonly name: string,
    readonly input: string,
    environment: Environment,
  ) {
    this.arn = executionArn(machine.arn, name);
    this.#environment = environment;
    this.startDate = environment.now();
    this.history = new History(environment.now);
  }

  /** Resolves when the execution is no longer running; a function that it called may still be at work. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  start(): void {
    this.history.started(this.input, this.machine.roleArn);
    this.#announce();
    this.#run({ input: JSON.parse(this.input) as unknown });
  }

  /**
   * Goes on at the state that failed, was at work when time ran out, or was interrupted. Retriers and timeouts
   * start anew, because the interpreter does. AWS does not document what becomes of a `Wait` with `Seconds` that
   * was interrupted; here the whole wait is repeated.
   */
  redrive(): Date {
    const date = this.#environment.now();
    this.redriveCount += 1;
    this.redriveDate = date;
    this.status = 'RUNNING';
    this.stopDate = this.output = this.error = this.cause = undefined;
    this.history.redriven(this.redriveCount);
    this.#announce();
    this.#run(this.#resumePoint ?? { input: JSON.parse(this.input) as unknown });
    return date;
  }

  /** Ends it as ABORTED, unless it has ended already. */
  async stop(reason: Partial<Failure>): Promise<void> {
    this.#stopReason = reason;
    this.#stopper.abort();
    await this.#ended;
  }

  #run(from: Partial<ResumePoint>): void {
    const { functions, timeScale } = this.#environment;
    const definition = parseDefinition(this.machine.definition);
    this.#stopper = new AbortController();
    this.#ended = runStateMachine({
      ...from,
      input: from.input,
      definition,
      handlers: taskHandlers(definition, functions, (call) => {
        this.history.called(call);
      }),
      timeScale,
      executionName: this.name,
      executionArn: this.arn,
      redriveCount: this.redriveCount,
      signal: this.#stopper.signal,
      onEvent: (event) => {
        this.history.happened(event);
      },
    }).then((record) => {
      const last = record.states.at(-1);
      if (last !== undefined) this.#resumePoint = { startAt: last.name, input: last.input };
      this.#end({ ...record, ...this.#failureOf(record) });
    });
  }

  #failureOf({ status, error = '', cause = '', states }: ExecutionRecord): Partial<Failure> {
    if (status === 'ABORTED') return this.#stopReason;
    return status === 'FAILED' && states.at(-1)?.type === 'Task' ? failureOfLambda({ error, cause }) : {};
  }

  #end({ status, output, error, cause }: Outcome): void {
    this.status = status;
    this.stopDate = this.#environment.now();
    this.output = status === 'SUCCEEDED' ? JSON.stringify(output) : undefined;
    this.error = error;
    this.cause = cause;
    this.history.ended({
      status,
      output,
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    });
    this.#announce();
  }

  #announce(): void {
    const { onStatusChange, now } = this.#environment;
    onStatusChange(statusChangeOf(this, now()));
  }
}
