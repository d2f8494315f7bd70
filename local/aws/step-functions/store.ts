import { type Account, requireArn, stateMachineArn } from './arns';
import { refusal } from './errors';
import { type Environment, Execution } from './execution';
import type { StateMachine } from './state-machine';

/** All state machines of one account in one Region and their executions, in memory. */
export class Store {
  readonly #account: Account;
  readonly #environment: Environment;
  readonly #machines = new Map<string, StateMachine>();
  readonly #executions = new Map<string, Execution>();
  #started = 0;

  constructor(account: Account, environment: Environment) {
    this.#account = account;
    this.#environment = environment;
  }

  machineNamed(name: string): StateMachine | undefined {
    return this.#machines.get(stateMachineArn(this.#account, name));
  }

  addMachine(machine: Omit<StateMachine, 'arn'>): StateMachine {
    const arn = stateMachineArn(this.#account, machine.name);
    const added = { ...machine, arn };
    this.#machines.set(arn, added);
    return added;
  }

  /** @throws InvalidArn, StateMachineDoesNotExist */
  machine(arn: string): StateMachine {
    requireArn('stateMachine', arn);
    const machine = this.#machines.get(arn);
    if (machine === undefined) {
      throw refusal('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    }
    return machine;
  }

  /** @throws InvalidArn, ExecutionDoesNotExist */
  execution(arn: string): Execution {
    requireArn('execution', arn);
    const execution = this.executionAt(arn);
    if (execution === undefined) {
      throw refusal('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    }
    return execution;
  }

  executionAt(arn: string): Execution | undefined {
    return this.#executions.get(arn);
  }

  /** Starts an execution, in place of one that had its name long ago. */
  startExecution(machine: StateMachine, name: string, input: string): Execution {
    this.#started += 1;
    const execution = new Execution(this.#started, machine, name, input, this.#environment);
    this.#executions.set(execution.arn, execution);
    execution.start();
    return execution;
  }

  executions(): readonly Execution[] {
    return [...this.#executions.values()];
  }

  running(): readonly Execution[] {
    return this.executions().filter(({ status }) => status === 'RUNNING');
  }
}
