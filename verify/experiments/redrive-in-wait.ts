import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { no, notAnswered, yes, type Experiment } from '../experiment';
import { stopInWaitAndRedrive } from '../follow/stopped-in-wait';
import { seconds } from '../pace';

export const redriveInWait: Experiment = {
  id: 'redrive-in-wait',
  question: 'Does an execution that was stopped inside a Wait go on there when it is re-driven, and succeed?',
  does: 'starts the state machine as a schedule does (rotation by Secrets Manager is off meanwhile), stops it inside WaitForPasswordPropagation, and re-drives it',
  noContradictsDesign: true,
  longestMs: ({ rotationMs }) => 2 * rotationMs,
  run: async (bench) => {
    const { executionArn, events, whyNot } = await stopInWaitAndRedrive(bench);
    if (events === undefined) return notAnswered(whyNot);
    const end = events.at(-1)?.type ?? 'nothing';
    if (end !== 'ExecutionSucceeded') return no(`${executionArn} ended with ${end}`);
    const redriven = events.findIndex(({ type }) => type === 'ExecutionRedriven');
    const after = events.slice(redriven + 1);
    if (after.some(({ type }) => type === 'TaskStateEntered') && !startsInWait(after)) {
      return no(`${executionArn} went on with ${after[0]?.type ?? 'nothing'} instead of the Wait`);
    }
    const waitedMs = timeOf(after.find(({ type }) => type === 'WaitStateExited')) - timeOf(events[redriven]);
    return yes(`it waited ${seconds(Math.max(waitedMs, 0))} after the redrive, and succeeded`);
  },
};

/** The Wait is entered again, or only left. */
const startsInWait = ([first]: readonly HistoryEvent[]): boolean =>
  first?.type?.startsWith('WaitState') ?? false;

const timeOf = (event: HistoryEvent | undefined): number => event?.timestamp?.getTime() ?? 0;
