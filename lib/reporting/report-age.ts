import * as z from 'zod';
import { RotationError, SecretAgeUnknownError, UnexpectedError } from '../errors';
import { log } from '../log';
import type { Measure } from '../metrics';
import type { VersionDates } from '../secrets/version-dates';
import { machineNameOf } from './arns';

/** What a schedule calls with; nothing of it is read. */
export const scheduledCall = z.unknown();

export interface ReportAgePorts {
  secretArns: readonly string[];
  machineArn: string;
  versions: VersionDates;
  measure: Measure;
  now: () => Date;
}

/**
 * Measures for each secret how long ago its current version was written: by the last rotation that succeeded, or
 * by hand. A pending version that a rotation adopted is as old as it is, so a secret never seems younger than its
 * password. LastRotatedDate would be absent when a schedule rotates the secret, because only Secrets Manager's own
 * rotation sets it; GetSecretValue has the date too, and would read a password for it.
 *
 * A secret that cannot be read does not hide the others.
 * @throws {SecretAgeUnknownError} naming the secrets that could not be read, each with the reason.
 */
export async function reportAge({
  secretArns,
  machineArn,
  versions,
  measure,
  now,
}: ReportAgePorts): Promise<{ reported: number }> {
  const machine = machineNameOf(machineArn);
  const unknown: string[] = [];
  for (const secretArn of secretArns) {
    try {
      const { secretName, createdAt } = await versions.current(secretArn);
      const seconds = Math.max(0, (now().getTime() - createdAt.getTime()) / 1_000);
      measure({ machine, secret: secretName }, { SecondsSinceLastSuccess: seconds });
    } catch (error) {
      const { name, message } = contained(error);
      log.error(message, { secretArn, errorName: name });
      unknown.push(`${secretArn} (${name}: ${message})`);
    }
  }
  if (unknown.length === 0) return { reported: secretArns.length };
  throw new SecretAgeUnknownError(
    `the age of ${unknown.length} of ${secretArns.length} secrets could not be read: ${unknown.join('; ')}`,
  );
}

/** Only errors of this service have messages that may be told. */
function contained(error: unknown): RotationError {
  return error instanceof RotationError ? error : new UnexpectedError('its text is withheld');
}
