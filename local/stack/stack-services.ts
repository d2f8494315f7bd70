import { startServices, type Services, type ServicesOptions } from '../aws/services';
import { watchInFlight } from '../lambda/in-flight';
import type { DeployedStack } from './deployed-stack';
import { kickoffOf } from './entry-points';

/** The services around a stack, with its state machines in them and its kickoff as a rotation function. */
export type StackServices = Services;

/** Runs what a stack is deployed to, on loopback, while `use` runs; no function is at work afterwards. */
export async function withStackServices(
  stack: DeployedStack,
  options: ServicesOptions,
  use: (services: StackServices) => Promise<void>,
): Promise<void> {
  const invokes = Object.fromEntries(stack.functions.map(({ arn, invoke }) => [arn, invoke]));
  const { handlers: functions, settled } = watchInFlight(invokes);
  const { arn: kickoffArn } = kickoffOf(stack);
  const kickoff = functions[kickoffArn];
  if (kickoff === undefined) throw new Error(`${kickoffArn} is not deployed`);
  const { machines } = stack;
  const services = await startServices(
    { functions, machines, rotationFunctions: { [kickoffArn]: kickoff } },
    options,
  );
  try {
    await use(services);
  } finally {
    await services.close();
    await settled(); // a late SetSecret would make a user anew that is about to go
  }
}
