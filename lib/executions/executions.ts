/**
 * What kickoff needs from the place where executions run, and nothing more.
 *
 * Every call may throw `WorkflowUnavailableError`. No message holds an execution's input or output.
 */
export interface Executions {
  /** Field 5 of its ARN and field 4: executions of another account or Region are none of ours. */
  readonly machineArn: string;

  /** What an execution of this name is called, whether there is one or not. */
  arnOf(name: string): string;

  /**
   * Starts an execution. The same name and input as a running one is that one again; the name of one that has
   * ended is used up for 90 days.
   * @returns `false` when the name is used up.
   */
  start(name: string, input: string): Promise<boolean>;

  /** @returns `undefined` when there is none of this name, or it is not visible yet: reads are eventually consistent. */
  find(name: string): Promise<Execution | undefined>;

  /**
   * Restarts an execution at the state that failed.
   * @returns `false` when it cannot be, or is running already.
   */
  redrive(execution: Execution): Promise<boolean>;

  /** Names the state in which an execution failed; `undefined` when its history does not tell. */
  failedState(execution: Execution): Promise<string | undefined>;
}

export interface Execution {
  arn: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';
  isRedrivable: boolean;
  /** The name of the error that ended it. */
  error: string | undefined;
}
