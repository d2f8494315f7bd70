import { startExecution } from '../acts/executions';
import { no, notAnswered, yes, type Experiment } from '../experiment';
import { hasEnded, historyOf, noteHistory, statusOf } from '../looks/history';
import { SecretWatch } from '../looks/secret';
import { pollUntil } from '../poll-until';

/** The others make sense only when this one is answered with yes. */
export const deployment: Experiment = {
  id: 'deployment',
  question: 'Do the deployed functions reach the secrets and the database, with the rights of their roles?',
  does: 'starts an execution with the operation preflight, which changes nothing',
  noContradictsDesign: true,
  longestMs: ({ rotationMs }) => rotationMs,
  run: async (bench) => {
    const { isRotationEnabled } = await new SecretWatch(bench).look();
    const executionArn = await startExecution(bench, {
      owner: isRotationEnabled ? 'secrets-manager' : 'schedule',
      operation: 'preflight',
    });
    const { pollMs, rotationMs } = bench.pace;
    const isOver = await pollUntil(
      { everyMs: pollMs, limitMs: rotationMs, signal: bench.signal },
      async () => (hasEnded((await historyOf(bench, executionArn)) ?? []) ? true : undefined),
    );
    await noteHistory(bench, executionArn);
    const status = await statusOf(bench, executionArn);
    if (status === 'SUCCEEDED') return yes('every layer answered as it should');
    return isOver === true
      ? no(`the preflight ended as ${status}: docs/errors.md says what to do`)
      : notAnswered(`the preflight is ${status} still`);
  },
};
