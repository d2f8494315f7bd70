import type { Secret } from '../secret';
import { CURRENT, PENDING } from '../versions';
import { type RotationEvent, type RotationFunction, STEPS } from './rotation-function';

/** One attempt to take a secret through all steps of its rotation. */
interface Attempt {
  readonly functionArn: string;
  readonly rotationFunction: RotationFunction;
  readonly event: Omit<RotationEvent, 'Step'>;
  /** The secret as it is now, or `undefined` as soon as nobody wants this rotation any more. */
  readonly secret: () => Secret | undefined;
  /** What passes between the answer to one step and the call of the next. */
  readonly betweenSteps: () => Promise<void>;
}

/**
 * Calls the function for one step after the other, each only when the one before was answered.
 * @returns why the rotation failed, or `undefined` when it did not, or was stopped
 */
export async function attemptRotation(attempt: Attempt): Promise<string | undefined> {
  const { functionArn, rotationFunction, event } = attempt;
  for (const [index, Step] of STEPS.entries()) {
    if (index > 0) await attempt.betweenSteps();
    const failure = failureOf(attempt);
    if (failure !== undefined || attempt.secret() === undefined) return failure;
    try {
      await rotationFunction.invoke({ Step, ...event });
    } catch {
      return `Error when executing lambda ${functionArn} during ${Step} step`;
    }
  }
  return failureOf(attempt) ?? notFinished(attempt);
}

/** What is wrong between two steps, whoever did it. */
function failureOf({ secret, event, functionArn, rotationFunction }: Attempt): string | undefined {
  const found = secret();
  if (found === undefined) return undefined;
  const { ClientRequestToken: versionId } = event;
  const version = found.versions.get(versionId);
  if (version === undefined || !version.stages.some((stage) => stage === PENDING || stage === CURRENT)) {
    return `Secret version ${versionId} of secret ${found.arn} is no longer ${PENDING}`;
  }
  // The message, but not the moment, is documented: "Troubleshoot AWS Secrets Manager rotation".
  if (version.value !== undefined && version.author !== rotationFunction.accessKeyId) {
    return (
      `Pending secret version ${versionId} for Secret ${found.arn} was not created by Lambda ${functionArn}. ` +
      `Remove the ${PENDING} staging label and restart rotation`
    );
  }
  return undefined;
}

function notFinished({ secret, event }: Attempt): string | undefined {
  const version = secret()?.versions.get(event.ClientRequestToken);
  if (version === undefined || version.stages.includes(CURRENT)) return undefined;
  return `Secret version ${version.versionId} is not ${CURRENT} after the finishSecret step`;
}
