import type * as z from 'zod';
import { boundedText, MESSAGE_BYTES } from './bounded';
import { InvalidInputError, RotationError, UnexpectedError } from './errors';
import { log, type LogFields } from './log';

/** One step of the rotation: what it accepts, and the rule that it runs. */
export interface StepDefinition<Input, Output> {
  /** The state's name, for the log. */
  name: string;
  input: z.ZodType<Input>;
  run: (input: Input, context: StepContext) => Promise<Output>;
}

/** What a step may want to know of its invocation. */
export interface StepContext {
  /** Milliseconds until Lambda ends it; elsewhere there is no such end. */
  remaining: () => number;
}

/** The part of Lambda's context object that is read. */
interface LambdaContext {
  getRemainingTimeInMillis?: () => number;
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** The longest that Secrets Manager takes for a secret's name or ARN (API reference, DescribeSecret, SecretId). */
const LONGEST_ID_BYTES = 2_048;

/** Ids that every line of an invocation's log carries, wherever they stand in what a step is given or answers. */
function logKeys(event: unknown): LogFields {
  const outer = asRecord(event);
  const [input, state, detail] = [outer['input'], outer['state'], outer['detail']].map(asRecord);
  const fields = { ...input, ...state, ...detail, ...outer };
  const { secretId } = fields;
  const isArn = typeof secretId === 'string' && secretId.startsWith('arn:');
  const names = {
    secretId: isArn ? undefined : secretId,
    secretArn: fields['secretArn'] ?? fields['SecretId'] ?? (isArn ? secretId : undefined),
    versionId: fields['versionId'] ?? fields['ClientRequestToken'],
    executionArn: fields['executionArn'],
  };
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, boundedText(value, LONGEST_ID_BYTES)]] : [],
    ),
  );
}

function parse<Input>(schema: z.ZodType<Input>, event: unknown): Input {
  const parsed = schema.safeParse(event);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the input'}: ${issue.message}`,
  );
  throw new InvalidInputError(problems.join('; '));
}

/** The place that threw, read from behind the message: a stack's head repeats the message, which is withheld. */
function placeOf({ message, stack }: { message?: unknown; stack?: unknown }): string {
  if (typeof message !== 'string' || typeof stack !== 'string' || !stack.includes(message)) return '';
  const frames = stack.slice(stack.lastIndexOf(message) + message.length);
  return /^\s*(at .+)$/m.exec(frames)?.[1] ?? '';
}

/**
 * What may leave a step. Anything that is not one of ours could carry a secret in its message, its stack or
 * a property, so only its kind and place are told.
 */
function contain(thrown: unknown): RotationError {
  if (thrown instanceof RotationError) return thrown;
  const kind = (thrown as { constructor?: { name?: unknown } } | null | undefined)?.constructor?.name;
  const place = placeOf(thrown ?? {});
  return new UnexpectedError(
    `${typeof kind === 'string' ? kind : typeof thrown} was thrown ${place}; its text is withheld because it may hold a secret`,
  );
}

/**
 * Makes a Lambda handler of a step: parses the input, binds the log's keys, and lets nothing escape but the
 * errors of `lib/errors.ts`.
 */
export function defineStep<Input, Output>(
  step: StepDefinition<Input, Output>,
): (event: unknown, context?: LambdaContext) => Promise<Output> {
  return async (event, context) => {
    log.bind({ step: step.name, ...logKeys(event) });
    try {
      const remaining = () => context?.getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY;
      const result = await step.run(parse(step.input, event), { remaining });
      log.info('done', logKeys(result));
      return result;
    } catch (thrown) {
      const error = contain(thrown);
      error.message = boundedText(error.message, MESSAGE_BYTES);
      log.error(error.message, { errorName: error.name });
      throw error;
    }
  };
}
