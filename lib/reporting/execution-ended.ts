import * as z from 'zod';

const MILLISECONDS = 'expected milliseconds since the epoch';

/** Later ones have no year of four digits, and the last of all dates leaves no room for the two weeks of a redrive. */
const END_OF_9999_MS = 253_402_300_799_999;

/**
 * EventBridge's "Step Functions Execution Status Change", as far as it is read (Step Functions developer guide,
 * "Automating Step Functions event delivery with EventBridge"). Input, error and cause are read from Step
 * Functions instead: with a customer's KMS key, and when they are long, the event goes without them.
 */
export const executionEnded = z.object({
  detail: z.object({
    executionArn: z
      .string({ error: 'expected the ARN of an execution' })
      .regex(/^arn:[^:]+:states:[^:]+:\d{12}:execution:[^:]+:.+$/, 'expected the ARN of an execution'),
    status: z.enum(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'], {
      error: 'expected SUCCEEDED, FAILED, TIMED_OUT or ABORTED',
    }),
    /** Milliseconds since the epoch. */
    stopDate: z.number({ error: MILLISECONDS }).min(0, MILLISECONDS).max(END_OF_9999_MS, MILLISECONDS),
    /** How often the execution had been re-driven when it ended: tells which of its runs the event is about. */
    redriveCount: z.int({ error: 'expected a whole number' }).nullish(),
  }),
});
export type ExecutionEnded = z.infer<typeof executionEnded>;
