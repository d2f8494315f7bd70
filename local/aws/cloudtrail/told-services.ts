import type { SecretsManagerOptions } from '../secrets-manager/server';
import type { StepFunctionsOptions } from '../step-functions/server';
import type { CloudTrailServer } from './server';

/** How Secrets Manager is started so that the trail hears of its rotations, besides whom the options name. */
export function toldBySecretsManager<Options extends Pick<SecretsManagerOptions, 'onEvent'>>(
  trail: CloudTrailServer,
  options: Options | undefined,
): Options & Pick<SecretsManagerOptions, 'onEvent'> {
  return {
    ...options,
    onEvent: (event) => {
      trail.tell(event);
      options?.onEvent?.(event);
    },
  } as Options;
}

/** The same for Step Functions and the calls that it receives. */
export function toldByStepFunctions<Options extends Pick<StepFunctionsOptions, 'onCall'>>(
  trail: CloudTrailServer,
  options: Options | undefined,
): Options & Pick<StepFunctionsOptions, 'onCall'> {
  return {
    ...options,
    onCall: async (call) => {
      trail.tellCall(call);
      await options?.onCall?.(call);
    },
  } as Options;
}
