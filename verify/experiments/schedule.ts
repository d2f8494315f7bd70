import { DescribeExecutionCommand, paginateListExecutions } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import type { Bench } from '../bench';
import { notAnswered, yes, type Experiment } from '../experiment';
import { lookUp } from '../looks/trail';
import { seconds } from '../pace';

/** The executions that are looked at, the latest first. */
const MOST_EXECUTIONS = 200;
/** The call and the start of its execution are that close. */
const AROUND_MS = 60_000;
/** CloudTrail's event history goes back that far. */
const HISTORY_MS = 90 * 24 * 60 * 60 * 1000;

export const schedule: Experiment = {
  id: 'schedule',
  question: 'Does EventBridge Scheduler deliver, with the scheduled time in the input?',
  does: 'changes nothing: looks for executions whose input has a scheduledTime, and in CloudTrail for who started them',
  noContradictsDesign: true,
  longestMs: () => 5 * 60_000,
  run: async (bench) => {
    const delivered = await scheduledExecutions(bench);
    if (delivered.length === 0) {
      return notAnswered(
        'no execution has a scheduledTime: deploy with a schedule, and ask again after its time',
      );
    }
    for (const { executionArn, startDate, scheduledTime } of delivered) {
      const calls = await lookUp(bench, {
        names: ['StartExecution'],
        since: new Date(startDate.getTime() - AROUND_MS),
        until: new Date(startDate.getTime() + AROUND_MS),
        mentions: executionArn.split(':').at(-1) ?? executionArn,
      });
      if (calls.some(({ caller }) => caller === 'scheduler.amazonaws.com')) {
        const lateMs = startDate.getTime() - Date.parse(scheduledTime);
        return yes(`${executionArn}, scheduled for ${scheduledTime}, began ${seconds(lateMs)} later`);
      }
    }
    return notAnswered(
      `${delivered.length} executions have a scheduledTime, and CloudTrail does not say that scheduler.amazonaws.com started one`,
    );
  },
};

interface Delivered {
  executionArn: string;
  startDate: Date;
  scheduledTime: string;
}

const input = z.object({ scheduledTime: z.iso.datetime({ offset: true }) });

async function scheduledExecutions(bench: Bench): Promise<Delivered[]> {
  const { states } = bench.clients;
  const found: Delivered[] = [];
  let looked = 0;
  for await (const { executions = [] } of paginateListExecutions(
    { client: states, pageSize: 100 },
    { stateMachineArn: bench.target.stateMachineArn },
  )) {
    for (const { executionArn, startDate = new Date(0) } of executions) {
      if ((looked += 1) > MOST_EXECUTIONS || Date.now() - startDate.getTime() > HISTORY_MS) return found;
      const execution = await states.send(new DescribeExecutionCommand({ executionArn }));
      const given = input.safeParse(JSON.parse(execution.input ?? '{}'));
      if (!given.success) continue;
      const { scheduledTime } = given.data;
      found.push({ executionArn: executionArn ?? '', startDate, scheduledTime });
      bench.evidence.add({
        at: startDate.toISOString(),
        source: 'Step Functions',
        what: `${executionArn ?? ''} has scheduledTime ${scheduledTime}`,
      });
    }
  }
  return found;
}
