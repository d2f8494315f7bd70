import { StateMachine as Interpreter, type StateMachineDefinition } from 'aws-local-stepfunctions';
import * as z from 'zod';
import { refusal } from './errors';

/** A state machine. It has no operation that changes it, so a redrive finds the definition as it was. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  /** Amazon States Language, exactly as it was given. */
  readonly definition: string;
  readonly roleArn: string;
  readonly createdDate: Date;
}

const LAMBDA_ARN = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:./;

/**
 * What the interpreter runs as AWS would. The rest has to be refused: it ignores JSONata, and calls a Task inside
 * a Map or Parallel, or one of an integration, in the real AWS.
 */
const runnable = z.looseObject({
  StartAt: z.string(),
  QueryLanguage: z.literal('JSONPath').optional(),
  States: z.record(
    z.string(),
    z.discriminatedUnion('Type', [
      z.looseObject({ Type: z.literal('Task'), Resource: z.string().regex(LAMBDA_ARN) }),
      z.looseObject({
        Type: z.enum(['Pass', 'Wait', 'Choice', 'Succeed', 'Fail']),
        QueryLanguage: z.literal('JSONPath').optional(),
      }),
    ]),
  ),
});

/** A fresh copy for every run: the interpreter writes into the definition that it is given. */
export function parseDefinition(text: string): StateMachineDefinition {
  return JSON.parse(text) as StateMachineDefinition;
}

/** @throws InvalidDefinition for what is not Amazon States Language, and for what this endpoint cannot run. */
export function requireDefinition(text: string): void {
  const parsed = jsonIn(text);
  const outcome = runnable.safeParse(parsed);
  if (!outcome.success) {
    throw invalid('SCHEMA_VALIDATION_FAILED', `not runnable here: ${z.prettifyError(outcome.error)}`);
  }
  try {
    new Interpreter(parsed as StateMachineDefinition);
  } catch (error) {
    throw invalid('SCHEMA_VALIDATION_FAILED', (error as Error).message);
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalid('INVALID_JSON_DESCRIPTION', 'the definition is not JSON');
  }
}

function invalid(code: string, reason: string): Error {
  return refusal('InvalidDefinition', `Invalid State Machine Definition: '${code}: ${reason}'`);
}
