import * as z from 'zod';

/** What an execution was asked for, as far as it can be told. */
export interface ExecutionRequest {
  /** Name or ARN. */
  secretId: string | undefined;
  operation: 'rotate' | 'preflight';
  /** Who decides when the secret is rotated. */
  owner: 'schedule' | 'secrets-manager' | undefined;
}

/**
 * An execution may have failed because its input is malformed, so nothing is demanded here. What cannot be a
 * secret's name or ARN is not passed on: whoever may start an execution could write anything there.
 */
const request = z.object({
  secretId: z
    .string()
    .regex(/^[\w/+=.@:-]{1,2048}$/)
    .optional()
    .catch(undefined),
  operation: z.enum(['rotate', 'preflight']).catch('rotate'),
  owner: z.enum(['schedule', 'secrets-manager']).optional().catch(undefined),
});

/** @param input JSON text; `undefined` when Step Functions does not show it */
export function readRequest(input: string | undefined): ExecutionRequest {
  const { secretId, operation, owner } = request.catch({ operation: 'rotate' }).parse(jsonOf(input));
  return { secretId, operation, owner };
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return {};
  }
}
