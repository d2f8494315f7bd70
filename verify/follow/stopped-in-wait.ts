import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { cancelRotation } from '../acts/cancel-rotation';
import { redriveExecution, startExecution, stopExecution } from '../acts/executions';
import type { Bench } from '../bench';
import { hasEnded, historyOf, nameOfState, noteHistory } from '../looks/history';
import { SecretWatch } from '../looks/secret';
import { pollUntil } from '../poll-until';

/** Between SetSecret, which is then over, and TestSecret. */
const WAIT = 'WaitForPasswordPropagation';

/** An execution that was stopped inside its Wait and re-driven, to its end. */
type RedrivenInWait =
  | { executionArn: string; events: readonly HistoryEvent[]; whyNot?: never }
  | { executionArn: string; events?: never; whyNot: string };

/** Rotates as a schedule does, stops the execution inside its Wait, and re-drives it. */
export async function stopInWaitAndRedrive(bench: Bench): Promise<RedrivenInWait> {
  const watch = new SecretWatch(bench);
  if ((await watch.look()).isRotationEnabled) await cancelRotation(bench);
  const executionArn = await startExecution(bench, { owner: 'schedule', operation: 'rotate' });
  const { signal, pace } = bench;

  await pollUntil({ everyMs: pace.catchMs, limitMs: pace.rotationMs, signal }, async () => {
    const events = (await historyOf(bench, executionArn)) ?? [];
    return isInWait(events) || hasEnded(events) ? true : undefined;
  });
  await stopExecution(bench, executionArn);
  const stopped = await noteHistory(bench, executionArn);
  if (stopped.at(-1)?.type !== 'ExecutionAborted' || !isInWait(stopped.slice(0, -1))) {
    return {
      executionArn,
      whyNot: `the execution could not be stopped inside ${WAIT}, it ended with ${stopped.at(-1)?.type ?? 'nothing'}: deploy with a longer DB_PASSWORD_PROPAGATION_WAIT`,
    };
  }
  await redriveExecution(bench, executionArn);
  await pollUntil({ everyMs: pace.pollMs, limitMs: pace.rotationMs, signal }, async () => {
    return hasEnded((await historyOf(bench, executionArn)) ?? []) ? true : undefined;
  });
  await watch.look();
  return { executionArn, events: await noteHistory(bench, executionArn) };
}

function isInWait(events: readonly HistoryEvent[]): boolean {
  const last = events.at(-1);
  return last?.type === 'WaitStateEntered' && nameOfState(last) === WAIT;
}
