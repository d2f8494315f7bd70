import { z } from 'zod';
import { epochSeconds } from '../../protocol/epoch-seconds';
import { invalidParameter } from '../errors';
import { secretId } from '../request-members';
import { requireWritable, type Secret } from '../secret';
import type { SecretStore } from '../store';
import { defineOperation } from './operation';

const DAY_MS = 86_400_000;
const SHORTEST_WINDOW_DAYS = 7;
const LONGEST_WINDOW_DAYS = 30;

/**
 * DeleteSecret: schedules a deletion, or carries it out at once when forced to. What is only scheduled can be
 * restored for ever here: AWS names no time after the window at which it would be too late.
 */
export const deleteSecret = defineOperation({
  name: 'DeleteSecret',
  request: z.object({
    SecretId: secretId,
    RecoveryWindowInDays: z.int().optional(),
    ForceDeleteWithoutRecovery: z.boolean().default(false),
  }),
  answer: ({ SecretId, RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: force }, { store, now }) => {
    requireWindow(days, force);
    return force ? removeNow(store, SecretId, now()) : schedule(store, SecretId, now(), days);
  },
});

function requireWindow(days: number | undefined, force: boolean): void {
  if (days === undefined) return;
  if (force) {
    throw invalidParameter(
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    );
  }
  if (days < SHORTEST_WINDOW_DAYS || days > LONGEST_WINDOW_DAYS) {
    throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
  }
}

/** AWS: "If you forcibly delete an already deleted or nonexistent secret", that is no error. */
function removeNow(store: SecretStore, id: string, date: Date): object {
  const secret = store.all().find(({ arn, name }) => arn === id || name === id);
  if (secret === undefined) {
    const isArn = id.startsWith('arn:');
    return answerFor({ arn: isArn ? id : store.arnFor(id), name: id }, date);
  }
  requireWritable({ ...secret, deletedDate: undefined }, store.region);
  store.remove(secret.name);
  return answerFor(secret, date);
}

function schedule(store: SecretStore, id: string, deletedDate: Date, days = LONGEST_WINDOW_DAYS): object {
  const secret = store.find(id);
  requireWritable(secret, store.region);
  store.save({ ...secret, deletedDate });
  return answerFor(secret, new Date(deletedDate.getTime() + days * DAY_MS));
}

function answerFor({ arn, name }: Pick<Secret, 'arn' | 'name'>, deletionDate: Date): object {
  return { ARN: arn, Name: name, DeletionDate: epochSeconds(deletionDate) };
}
