import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from '../bench';
import { no, notAnswered, yes, type Experiment } from '../experiment';
import { beginAndStop } from '../follow/stop-rotation';
import { lookUp, ROTATION_EVENTS, type TrailEvent } from '../looks/trail';
import { seconds } from '../pace';

export const retries: Experiment = {
  id: 'retries',
  question: 'Does Secrets Manager repeat a rotation that failed; how often, and after which pauses?',
  does: "stops a rotation's execution at once, which makes kickoff refuse every further attempt, and counts those within --retry-window",
  noContradictsDesign: false,
  longestMs: ({ rotationMs, retryWindowMs, trailLagMs }) => rotationMs + retryWindowMs + trailLagMs,
  run: async (bench) => {
    const { retryWindowMs, trailLagMs } = bench.pace;
    const { rotation, whyNot } = await beginAndStop(bench);
    if (rotation === undefined) return notAnswered(whyNot);
    const stoppedAt = new Date();
    // There is no event to wait for: that nothing happens any more is part of the answer.
    await delay(retryWindowMs + trailLagMs, undefined, { signal: bench.signal });

    const attempts = await lookUp(bench, {
      names: ROTATION_EVENTS,
      since: rotation.askedAt,
      mentions: bench.target.secretArn,
    });
    const failed = attempts.filter(({ name }) => name === 'RotationFailed');
    const asked = await kickoffsQuestions(bench, rotation.executionArn, stoppedAt);
    if (failed.length === 0 && asked.length === 0) {
      return notAnswered('CloudTrail showed neither RotationFailed nor a call of kickoff: raise --trail-lag');
    }
    const seen = `within ${seconds(retryWindowMs)}: RotationFailed ${timesOf(failed)}; kickoff asked for the stopped execution ${timesOf(asked)}`;
    return failed.length > 1 ? yes(seen) : no(seen);
  },
};

/** Every attempt begins with kickoff's question about the execution; nobody else asks DescribeExecution here. */
function kickoffsQuestions(bench: Bench, executionArn: string, since: Date): Promise<TrailEvent[]> {
  return lookUp(bench, { names: ['DescribeExecution'], since, mentions: executionArn });
}

function timesOf(events: readonly TrailEvent[]): string {
  const pauses = events.slice(1).map(({ at }, index) => at.getTime() - (events[index]?.at.getTime() ?? 0));
  return `${events.length} times${pauses.length === 0 ? '' : `, pauses ${pauses.map(seconds).join(', ')}`}`;
}
