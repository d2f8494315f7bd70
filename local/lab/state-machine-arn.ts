import { Option, type Command } from 'commander';
import { isLoopback } from './aws-settings';
import { endpointUrlOf, type ServiceOptions } from './service';

export interface StateMachineOptions extends ServiceOptions {
  stateMachineArn?: string;
}

export function stateMachineArnOption(): Option {
  return new Option('--state-machine-arn <arn>', 'by default STATE_MACHINE_ARN, or that of "lab up"');
}

/** The state machine that is meant; only an endpoint on this machine is taken for `lab up`. */
export async function stateMachineArnOf(command: Command, options: StateMachineOptions): Promise<string> {
  const { STATE_MACHINE_ARN: ofEnvironment } = process.env;
  const named = options.stateMachineArn ?? ofEnvironment;
  if (named !== undefined && named !== '') return named;
  const endpointUrl = endpointUrlOf('stepFunctions', options);
  if (endpointUrl === undefined || !isLoopback(endpointUrl)) {
    command.error('give --state-machine-arn, or set STATE_MACHINE_ARN');
  }
  // Imported only now: the handlers come with it, whose logger reads the environment when it is made.
  return (await import('../aws/cloud')).MACHINE_ARN;
}
