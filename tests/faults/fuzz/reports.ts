import { randomUUID } from 'node:crypto';
import { ListExecutionsCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import * as fc from 'fast-check';
import { handler as reportAge } from '../../../functions/report-age';
import { handler as reportOutcome } from '../../../functions/report-outcome';
import { MACHINE_ARN } from '../../../local/aws/cloud';
import type { Arena } from './arena';
import { anyJson, shapeChanges } from './json-of-shape';
import { once } from './prepared-rotation';
import { property, type Check } from './property';
import { rawValue } from './raw-values';
import { harmIn } from './harm';
import { textAfter, type Change } from './secret-text';

type Case = Change[] | string;

const FIELDS = ['executionArn', 'status', 'stopDate', 'redriveCount'];

/** Near misses, and numbers that are no dates. */
const NEAR: Readonly<Record<string, readonly string[]>> = {
  executionArn: [`"${MACHINE_ARN}"`, `"${MACHINE_ARN.replace('stateMachine', 'execution')}:${randomUUID()}"`],
  status: ['"SUCCEEDED"', '"FAILED"', '"TIMED_OUT"', '"ABORTED"', '"RUNNING"', '"Failed"'],
  stopDate: ['-1', '8640000000000001', '1e308', '0.5', '"1762000000000"'],
  redriveCount: ['0', '1', '-1', '99', '1.5', 'null'],
};

const valueFor = (field: string): fc.Arbitrary<string> =>
  fc.oneof(rawValue, fc.constantFrom(...(NEAR[field] ?? ['""'])));

/** Of the event's detail, or the whole event. */
const cases: fc.Arbitrary<Case> = fc.oneof(
  { weight: 5, arbitrary: shapeChanges(FIELDS, valueFor) },
  { weight: 1, arbitrary: anyJson },
);

/** An execution that failed, for the event to be about. @returns its ARN */
async function failedExecution({ cloud }: Arena): Promise<string> {
  await cloud.stepFunctions.settled();
  const input = JSON.stringify({ secretId: 'there-is-none', owner: 'schedule' });
  await cloud.workflow.send(new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, input }));
  await cloud.stepFunctions.settled();
  const { executions } = await cloud.workflow.send(
    new ListExecutionsCommand({ stateMachineArn: MACHINE_ARN }),
  );
  return executions?.[0]?.executionArn ?? '';
}

async function breaks(arena: Arena, executionArn: string, given: Case): Promise<string | undefined> {
  const versionId = arena.newSecret(JSON.stringify(arena.document()));
  const detail = { executionArn, status: 'FAILED', stopDate: Date.now(), redriveCount: 0 };
  const event: unknown =
    typeof given === 'string'
      ? JSON.parse(given)
      : { detail: JSON.parse(textAfter(detail, given)) as unknown };
  for (const handler of [reportOutcome, reportAge]) {
    const problem = await harmIn(arena, await arena.attempt(() => handler(event)), versionId);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** What EventBridge calls the reporting functions with, of every shape. */
export function reportProperties(arena: Arena): Check[] {
  const execution = once(() => failedExecution(arena));
  return [
    property({
      name: 'status-change-event/reports',
      bounded: 40,
      whole: 500,
      cases,
      breaks: async (given) => breaks(arena, await execution(), given),
    }),
  ];
}
