/** The steps of one rotation, in the order in which Secrets Manager asks for them. */
export const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

export type RotationStep = (typeof STEPS)[number];

/** What the rotation function is called with, once per step. */
export interface RotationEvent {
  readonly Step: RotationStep;
  /** The secret's ARN. */
  readonly SecretId: string;
  /** The id of the version under way; the same in every retry. */
  readonly ClientRequestToken: string;
  /**
   * Proves to PutSecretValue that a caller acts for this rotation. Sensitive: never log it. AWS does not say
   * whether retries share one; here each attempt has its own, so nobody can come to rely on an old one.
   */
  readonly RotationToken: string;
}

/** A Lambda function in the eyes of Secrets Manager: it can be called, and it calls under an identity of its own. */
export interface RotationFunction {
  /** The access key id that the function signs its requests with. */
  readonly accessKeyId: string;
  /** Does one step; rejects when the function ends in an error. */
  readonly invoke: (event: RotationEvent) => Promise<unknown>;
}

/** By the function's ARN, as RotateSecret's RotationLambdaARN gives it. */
export type RotationFunctions = Readonly<Record<string, RotationFunction>>;
