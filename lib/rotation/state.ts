import * as z from 'zod';

/**
 * What travels between the states: ARNs, version ids, user names, flags, counts and digests. Never a
 * password, a RotationToken or a driver's text: all of it is kept in the execution's history.
 */

/** Raised whenever a field changes its meaning: a redrive runs today's code on a recorded state. */
export const SCHEMA_VERSION = 1;

const text = z.string({ error: 'expected a text' }).min(1, 'expected a text that is not empty');

const VERSION_ID = 'expected a version id of 32 to 64 characters, none of them a control character';

/**
 * ClientRequestToken and version ids have 32 to 64 characters, of any kind (Secrets Manager API reference,
 * PutSecretValue). Control characters are refused here, because version ids are in messages and notices.
 */
export const versionId = z
  .string({ error: 'expected a version id' })
  .min(32, VERSION_ID)
  .max(64, VERSION_ID)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, VERSION_ID);

const owner = z.enum(['schedule', 'secrets-manager'], { error: 'expected "schedule" or "secrets-manager"' });

/** The execution's input. Strict, so that a misspelt field is refused instead of ignored. */
export const executionInput = z
  .strictObject(
    {
      secretId: text.max(2_048, 'expected a name or ARN of 2048 characters at most'),
      owner,
      operation: z
        .enum(['rotate', 'preflight'], { error: 'expected "rotate" or "preflight"' })
        .default('rotate'),
      versionId: versionId.optional(),
      /** ISO 8601 with a zone, as `<aws.scheduler.scheduled-time>` gives it. */
      scheduledTime: z.iso
        .datetime({ offset: true, error: 'expected an ISO 8601 time with its zone' })
        .optional(),
    },
    { error: (issue) => unknownFields(issue) },
  )
  .refine(
    ({ operation, owner, versionId: id }) =>
      operation === 'preflight' || owner !== 'secrets-manager' || id !== undefined,
    {
      path: ['versionId'],
      message: 'expected the version id that Secrets Manager made, because owner is "secrets-manager"',
    },
  );
export type ExecutionInput = z.infer<typeof executionInput>;

/** Zod's own text is kept for all but unknown fields, whose names are the news. */
function unknownFields(issue: { code?: string; keys?: string[] }): string {
  return issue.code === 'unrecognized_keys'
    ? `unknown field ${(issue.keys ?? []).join(', ')}; expected secretId, owner, operation, versionId, scheduledTime`
    : 'expected an object with secretId and owner';
}

/** What the state machine hands to CreateSecret. */
export const createSecretInput = z.object({ input: executionInput, executionArn: text });
export type CreateSecretInput = z.infer<typeof createSecretInput>;

/** What CreateSecret leaves behind, and every later step starts from. */
export const rotationState = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION, {
    error: `expected ${SCHEMA_VERSION}; this execution was started by another release: start a new one`,
  }),
  executionArn: text,
  secretArn: text,
  owner,
  /** The version that is being rotated in. */
  versionId,
  /** The version that was AWSCURRENT when the rotation started: the fence of every later step. */
  currentVersionId: versionId,
  /** The version that was AWSPREVIOUS then, which is what set the standby user's password last. */
  previousVersionId: versionId.optional(),
  /** When the secret had last changed, as CreateSecret saw it before it wrote; what looks older is a late read. */
  changedAt: z.iso.datetime().optional(),
  currentUser: text,
  pendingUser: text,
  /** The server of both users, and the master that acts on it. */
  host: text,
  port: z.int(),
  masterArn: text,
  alreadyRotated: z.boolean(),
  /** The master's secret shows a young pending version of its own: its database password may change any moment. */
  masterRotating: z.boolean(),
});
export type RotationState = z.infer<typeof rotationState>;

/** What the state machine hands to SetSecret. */
export const setSecretInput = z.object({
  /** `superseded` is there when TestSecret or FinishSecret found that the rotation was overtaken. */
  state: rotationState.extend({ superseded: z.unknown().optional() }),
  redriveCount: z.int(),
});
export type SetSecretInput = z.infer<typeof setSecretInput>;

/** What SetSecret adds to the state under `setSecret`. */
export const setSecretResult = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  versionId,
  /** How often the execution had been re-driven when the standby was proved equal. */
  redriveCount: z.int(),
  /** False when marker, rights and password were found as they should be. */
  changed: z.boolean(),
  initialSetup: z.boolean(),
  /** The current credential did not log in any more; the deployer allowed to go on. */
  repaired: z.boolean(),
  granted: z.int(),
  revoked: z.int(),
  /** Rights that the standby was not given, in words: nothing is left out silently. */
  skipped: z.array(z.string()),
  /** SHA-256 of the standby's rights by host row, as the server reports them; absent when nothing was looked at. */
  rightsDigests: z.record(z.string(), z.string()).optional(),
  /** The same of the current user; absent when there is none yet, and in states of releases before this field. */
  currentDigests: z.record(z.string(), z.string()).optional(),
});
export type SetSecretResult = z.infer<typeof setSecretResult>;

/** What the state machine leaves behind when it goes back to SetSecret. */
const setAgain = z.object({ redriveCount: z.int() });

/** What TestSecret leaves behind. */
export const testSecretResult = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  versionId,
  /** The account that the server took the pending user for, as `CURRENT_USER()` names it. */
  account: text,
  /** How often the execution had been re-driven when the login was proved. */
  redriveCount: z.int(),
});
export type TestSecretResult = z.infer<typeof testSecretResult>;

/** TestSecret needs what SetSecret found, and whether this run or redrive has gone back to it already. */
export const testSecretInput = z.object({
  state: rotationState.extend({ setSecret: setSecretResult, setAgain: setAgain.optional() }),
  redriveCount: z.int(),
});
export type TestSecretInput = z.infer<typeof testSecretInput>;

/** FinishSecret needs the proof. */
export const finishSecretInput = z.object({
  state: rotationState.extend({ testSecret: testSecretResult, setAgain: setAgain.optional() }),
  redriveCount: z.int(),
});
export type FinishSecretInput = z.infer<typeof finishSecretInput>;

export interface FinishSecretResult {
  schemaVersion: typeof SCHEMA_VERSION;
  versionId: string;
  /** False when the version was AWSCURRENT already. */
  promoted: boolean;
}
