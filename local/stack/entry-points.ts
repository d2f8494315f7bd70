import type { DeployedFunction, DeployedMachine, DeployedStack } from './deployed-stack';

/** What is called from outside the stack, by the logical ids that serverless.yml gives. */
const KICKOFF = 'KickoffLambdaFunction';
const ROTATION = 'RotationStateMachine';

/** The function that Secrets Manager calls. @throws {Error} when the template has none */
export function kickoffOf({ functions }: DeployedStack): DeployedFunction {
  return required(functions, KICKOFF);
}

/** The state machine that rotates one secret. @throws {Error} when the template has none */
export function rotationMachineOf({ machines }: DeployedStack): DeployedMachine {
  return required(machines, ROTATION);
}

function required<Resource extends { logicalId: string }>(from: readonly Resource[], id: string): Resource {
  const found = from.find(({ logicalId }) => logicalId === id);
  if (found === undefined) throw new Error(`The packaged template has no ${id}`);
  return found;
}
