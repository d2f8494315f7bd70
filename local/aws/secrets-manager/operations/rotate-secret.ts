import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { invalidRequest } from '../errors';
import { secretId, versionId as token } from '../request-members';
import { nextRotationDate } from '../rotation/next-rotation';
import { requireRules, rotationRules } from '../rotation/rotation-rules';
import { requireWritable, type Secret } from '../secret';
import type { SecretValue } from '../value';
import { CURRENT, holderOf, moveStage, PENDING, type Versions, withVersion } from '../versions';
import { defineOperation, type OperationContext } from './operation';

/**
 * RotateSecret: configures rotation and begins one in the background, or, with RotateImmediately false, only has
 * the function's testSecret tried. It answers at once; what becomes of the rotation shows in DescribeSecret.
 */
export const rotateSecret = defineOperation({
  name: 'RotateSecret',
  request: z.object({
    SecretId: secretId,
    ClientRequestToken: token.optional(),
    RotationLambdaARN: z.string().max(2048).optional(),
    RotationRules: rotationRules.optional(),
    RotateImmediately: z.boolean().default(true),
  }),
  answer: (request, context) => {
    const { store, now, rotations } = context;
    const { ClientRequestToken: versionId = randomUUID(), RotationLambdaARN, RotationRules } = request;
    const secret = store.find(request.SecretId);
    requireWritable(secret, store.region);
    if (RotationRules !== undefined) requireRules(RotationRules);
    const { rotation } = secret;
    const lambdaArn = RotationLambdaARN ?? rotation?.lambdaArn;
    if (lambdaArn === undefined) {
      throw invalidRequest('No Lambda rotation function ARN is associated with this secret.');
    }
    rotations.requireFunction(lambdaArn);
    requireComplete(secret, versionId, context);

    const rules = RotationRules ?? rotation?.rules;
    const nextDate = nextRotationDate(rules, rotation?.lastRotatedDate ?? now());
    const configured: Secret = {
      ...secret,
      lastChangedDate: now(),
      rotation: { ...rotation, enabled: true, lambdaArn, rules, nextRotationDate: nextDate },
    };
    if (request.RotateImmediately) beginRotation(configured, versionId, context);
    else beginTest(configured, versionId, context);
    return { ARN: secret.arn, Name: secret.name, VersionId: versionId };
  },
});

/**
 * AWS: when AWSPENDING is attached, but "not attached to the same version as AWSCURRENT, then any later invocation
 * of RotateSecret assumes that a previous rotation request is still in progress". Its answer says that the previous
 * one will be tried again, and so it is. The call that began it may come twice.
 */
function requireComplete(secret: Secret, versionId: string, { rotations }: OperationContext): void {
  const pending = holderOf(secret.versions, PENDING);
  if (pending === undefined || pending.stages.includes(CURRENT) || pending.versionId === versionId) return;
  rotations.start(secret);
  throw invalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");
}

/** Announces the version, without a value, unless it is there: then the call is a repeated one. */
function beginRotation(configured: Secret, versionId: string, context: OperationContext): void {
  const announced = configured.versions.get(versionId);
  const isOver = announced !== undefined && holderOf(configured.versions, PENDING) !== announced;
  const rotating = isOver
    ? {}
    : { rotating: versionId, versions: withPending(configured, versionId, context) };
  const saved = { ...configured, ...rotating };
  context.store.save(saved);
  if (!isOver) context.rotations.start(saved);
}

/** Announces a version that is a copy of the current one, for as long as the test takes. */
function beginTest(configured: Secret, versionId: string, context: OperationContext): void {
  if (configured.versions.has(versionId)) return; // the test under way, or an old rotation's token
  const { value } = holderOf(configured.versions, CURRENT) ?? {};
  const saved = { ...configured, versions: withPending(configured, versionId, context, value) };
  context.store.save(saved);
  context.rotations.startTest(saved, versionId);
}

function withPending(
  { versions }: Secret,
  versionId: string,
  { now }: OperationContext,
  value?: SecretValue,
): Versions {
  const fresh = { versionId, stages: [], createdDate: now(), ...(value !== undefined && { value }) };
  return moveStage(withVersion(versions, versions.get(versionId) ?? fresh), PENDING, versionId);
}
