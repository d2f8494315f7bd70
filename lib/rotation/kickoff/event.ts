import * as z from 'zod';
import { InvalidInputError } from '../../errors';
import { versionId } from '../state';

/** The four calls of a rotation. One page of AWS's documentation spells them with underscores. */
export const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
export type StepName = (typeof STEPS)[number];

const SPELLINGS: ReadonlyMap<string, StepName> = new Map(
  STEPS.flatMap((step) => [
    [step, step],
    [step.replace('Secret', '_secret'), step],
  ]),
);

const step = z
  .string({ error: 'expected one of createSecret, setSecret, testSecret, finishSecret' })
  .transform((text, context) => {
    const known = SPELLINGS.get(text);
    if (known !== undefined) return known;
    context.addIssue({
      code: 'custom',
      message: 'expected one of createSecret, setSecret, testSecret, finishSecret',
    });
    return z.NEVER;
  });

/** What Secrets Manager calls its rotation function with. Fields that it may add one day are let pass. */
export const rotationEvent = z.object({
  Step: step,
  SecretId: z
    .string({ error: 'expected the ARN of a secret' })
    .regex(/^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:.+$/, 'expected the ARN of a secret'),
  ClientRequestToken: versionId,
  /** Sensitive; it proves that a version was written by this rotation's function. Never logged, never passed on. */
  RotationToken: z.string({ error: 'expected a text' }).optional(),
});
export type RotationEvent = z.infer<typeof rotationEvent>;

/** Partition, service, Region and account: fields 1 to 4 of an ARN. */
const homeOf = (arn: string): string => {
  const [, partition, , region, account] = arn.split(':');
  return [partition, region, account].join(':');
};

/**
 * Refuses a secret of another account or Region than the state machine's: it was not deployed for that one.
 * @throws {InvalidInputError}
 */
export function requireOwnHome({ SecretId: secretArn }: RotationEvent, machineArn: string): void {
  if (homeOf(secretArn) === homeOf(machineArn)) return;
  throw new InvalidInputError(
    `SecretId: expected a secret of ${homeOf(machineArn)}, where the state machine is, found one of ${homeOf(secretArn)}`,
  );
}
