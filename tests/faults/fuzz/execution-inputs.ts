import * as fc from 'fast-check';
import { steps } from '../../../local/steps';
import type { Arena } from './arena';
import { execute, executionProblem } from './executions';
import { anyJson, shapeChanges } from './json-of-shape';
import { newExecutionArn } from './prepared-rotation';
import { property, type Check } from './property';
import { rawValue } from './raw-values';
import { harmIn } from './harm';
import { textAfter, type Change } from './secret-text';

type Case = Change[] | string;

const FIELDS = ['secretId', 'owner', 'operation', 'versionId', 'scheduledTime'];

/** Near misses, which are the likelier mistakes. */
const NEAR: Readonly<Record<string, readonly string[]>> = {
  owner: ['"schedule"', '"secrets-manager"', '"Schedule"', '"secrets_manager"'],
  operation: ['"rotate"', '"preflight"', '"Preflight"', '"rotate "'],
  versionId: [
    `"${'a'.repeat(32)}"`,
    `"${'a'.repeat(31)}"`,
    `"${'a'.repeat(65)}"`,
    '"../../../../../../../../../../../../etc"',
  ],
  scheduledTime: [
    '"2026-11-01T03:00:00Z"',
    '"2026-11-01T03:00:00"',
    '"2026-02-30T03:00:00Z"',
    '"+275761-01-01T00:00:00Z"',
    '"<aws.scheduler.scheduled-time>"',
  ],
};

const cases: fc.Arbitrary<Case> = fc.oneof(
  {
    weight: 5,
    arbitrary: shapeChanges(FIELDS, (field) =>
      fc.oneof(rawValue, fc.constantFrom(...(NEAR[field] ?? ['""']))),
    ),
  },
  { weight: 1, arbitrary: anyJson },
);

/** The input as JSON text. */
function inputOf({ world }: Arena, given: Case): string {
  if (typeof given === 'string') return given;
  const document = {
    secretId: world.secretArn,
    owner: 'schedule',
    operation: 'rotate',
    versionId: '11111111-2222-4333-8444-555555555555',
    scheduledTime: '2026-11-01T03:00:00Z',
  };
  return textAfter(document, given);
}

const isPreflight = (value: unknown): boolean =>
  (value as { operation?: string } | null)?.operation === 'preflight';

/**
 * The local interpreter takes `""`, `0`, `false` and `null` for no input at all, and writes JSON recursively. The
 * handlers are given all of it.
 */
function isForInterpreter(input: unknown): boolean {
  try {
    return Boolean(input) && JSON.stringify(input) !== '';
  } catch {
    return false;
  }
}

async function execution(arena: Arena, given: Case): Promise<string | undefined> {
  const text = JSON.stringify(arena.document());
  const versionId = arena.newSecret(text);
  const input: unknown = JSON.parse(inputOf(arena, given));
  if (!isForInterpreter(input)) return undefined;
  const outcome = await execute(arena, input);
  if (outcome.error === undefined && isPreflight(outcome.record.output)) {
    return harmIn(arena, outcome, versionId);
  }
  return executionProblem(arena, outcome, text, versionId);
}

async function handlers(arena: Arena, given: Case): Promise<string | undefined> {
  const versionId = arena.newSecret(JSON.stringify(arena.document()));
  const input: unknown = JSON.parse(inputOf(arena, given));
  for (const step of ['CreateSecret', 'Preflight'] as const) {
    const outcome = await arena.attempt(() => steps[step]({ input, executionArn: newExecutionArn() }));
    const isWritten = outcome.error === undefined && step === 'CreateSecret';
    const problem = await harmIn(arena, outcome, versionId, { pending: isWritten });
    if (problem !== undefined) return `${step}: ${problem}`;
  }
  return undefined;
}

/** What an execution is started with, of every shape. */
export const executionInputProperties = (arena: Arena): Check[] => [
  property({
    name: 'execution-input/handlers',
    bounded: 60,
    whole: 700,
    cases,
    breaks: (given) => handlers(arena, given),
  }),
  property({
    name: 'execution-input/execution',
    bounded: 10,
    whole: 150,
    cases,
    breaks: (given) => execution(arena, given),
  }),
];
