import { handler } from '../../functions/kickoff';
import { asFunction } from '../lambda/as-function';
import { throughJson } from '../lambda/in-process';
import { LAB_ACCOUNT } from '../stack/account';
import { steps } from '../steps';
import { startServices, type Deployment, type Services, type ServicesOptions } from './services';
import { rotationDefinition } from './step-functions/rotation-definition';

export { CREDENTIALS } from './services';

const { region, accountId } = LAB_ACCOUNT;
const MACHINE_NAME = 'stepwise-rotation';

/** Lambda ends kickoff after this; see its timeout in serverless.yml. */
const KICKOFF_TIMEOUT_MS = 610_000;

export const KICKOFF_ARN = `arn:aws:lambda:${region}:${accountId}:function:kickoff`;
export const MACHINE_ARN = `arn:aws:states:${region}:${accountId}:stateMachine:${MACHINE_NAME}`;

/**
 * The services with the state machine, its functions, and kickoff as a rotation function in them. `environment` is
 * what the functions find in theirs, the settings of the deployer apart.
 */
export type Cloud = Services;

/**
 * Starts everything that the service is deployed to, on loopback, with the real handlers. They read their
 * settings from this process's environment, where the caller puts `environment` before the first call.
 */
export async function startCloud(options: ServicesOptions = {}): Promise<Cloud> {
  const services = await startServices(sources(), options);
  return { ...services, environment: { ...services.environment, STATE_MACHINE_ARN: MACHINE_ARN } };
}

/** The key of a function in serverless.yml, from the state that calls it. */
const functionOf = (state: string): string => state.charAt(0).toLowerCase() + state.slice(1);
const arnOf = (state: string): string =>
  `arn:aws:lambda:${region}:${accountId}:function:${functionOf(state)}`;

/** This checkout's handlers and definition. */
function sources(): Deployment {
  const states = Object.entries(steps);
  const arns = Object.fromEntries(states.map(([state]) => [functionOf(state), arnOf(state)]));
  return {
    functions: Object.fromEntries(states.map(([state, step]) => [arnOf(state), step])),
    machines: [
      {
        name: MACHINE_NAME,
        roleArn: `arn:aws:iam::${accountId}:role/rotation`,
        definition: rotationDefinition(arns),
      },
    ],
    rotationFunctions: { [KICKOFF_ARN]: (event) => invokeKickoff(event) },
  };
}

const kickoff = asFunction('kickoff', handler);

/** Kickoff under Lambda's conditions: JSON in and out, and a clock that runs down. */
export async function invokeKickoff(event: unknown, remainingMs = KICKOFF_TIMEOUT_MS): Promise<unknown> {
  const deadline = Date.now() + remainingMs;
  await kickoff(throughJson(event), { getRemainingTimeInMillis: () => deadline - Date.now() });
  return null;
}
