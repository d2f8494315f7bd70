import { stopExecution } from '../acts/executions';
import { rotateSecret, type Rotation } from '../acts/rotate-secret';
import type { Bench } from '../bench';
import { hasEnded, historyOf, noteHistory } from '../looks/history';
import { pollUntil } from '../poll-until';

/** A rotation that was begun, and whose execution was stopped. */
type StoppedRotation = { rotation: Rotation; whyNot?: never } | { rotation?: never; whyNot: string };

/**
 * Has Secrets Manager begin a rotation, and stops the execution as soon as there is one, as an operator would:
 * kickoff then truthfully refuses each further step, and nothing has been promoted.
 */
export async function beginAndStop(bench: Bench): Promise<StoppedRotation> {
  const rotation = await rotateSecret(bench);
  const { executionArn } = rotation;
  const { catchMs, rotationMs } = bench.pace;
  const begun = await pollUntil({ everyMs: catchMs, limitMs: rotationMs, signal: bench.signal }, () =>
    historyOf(bench, executionArn),
  );
  if (begun === undefined) return { whyNot: `kickoff started no execution ${executionArn}: see its log` };
  if (!hasEnded(begun)) await stopExecution(bench, executionArn);
  const events = await noteHistory(bench, executionArn);
  const end = events.at(-1)?.type ?? 'unknown';
  return end === 'ExecutionAborted'
    ? { rotation }
    : { whyNot: `the execution could not be stopped in time, it ended with ${end}` };
}
