import type { Explanation } from './explain-error';
import type { FailedExecution } from './failed-execution';
import { redriveOffer } from './redrive-offer';

/** The paragraphs of a notice, each as its lines. */
type Lines = string[];

export function stateAndError({ status, run }: FailedExecution, explanation: Explanation | undefined): Lines {
  const attempts = run.attempts === 1 ? '1 attempt' : `${run.attempts} attempts`;
  const where = run.state === undefined ? 'not known yet' : run.state;
  const state = `State: ${where}${run.attempts === 0 ? '' : `, after ${attempts}`}`;
  if (explanation === undefined) return [state];
  const label = status === 'FAILED' ? 'Error' : 'Last failed attempt';
  return [state, `${label}: ${explanation.name}`, explanation.meaning];
}

export function whatToDo(
  { status, request, runbookUrl }: FailedExecution,
  explanation: Explanation | undefined,
): Lines {
  const ended = {
    FAILED: [],
    TIMED_OUT: ["See in the execution's history what it waited for."],
    ABORTED: ['Nothing, if it was meant to be stopped.'],
  }[status];
  const advice = [...ended, ...(explanation === undefined ? [] : [explanation.remedy])].join(' ');
  return [
    `What to do: ${advice === '' ? "Read the execution's history." : advice}`,
    ...(runbookUrl === undefined ? [] : [`Runbook: ${sectionOf(runbookUrl, explanation)}`]),
    ...(request.owner === 'secrets-manager' && status !== 'ABORTED'
      ? ['Secrets Manager may repeat this rotation by itself, which re-drives the execution.']
      : []),
  ];
}

const sectionOf = (url: string, explanation: Explanation | undefined): string =>
  explanation?.anchor === undefined ? url : `${url}#${explanation.anchor}`;

export function movedSentences({ request, run }: FailedExecution): Lines {
  if (request.operation === 'preflight') return ['Nothing was changed: a preflight only looks.'];
  return {
    no: [
      'AWSCURRENT was not moved by this execution. Applications go on with the credential that they have.',
    ],
    yes: [
      'AWSCURRENT was moved to the new version before this execution ended; its credential had been proved.',
    ],
    unknown: [
      'AWSCURRENT may have been moved: the answer of FinishSecret is not known. Both credentials log in; describe-secret shows the labels.',
    ],
  }[run.moved];
}

export function redriveLines({ executionArn, endedAt, notRedrivable }: FailedExecution): Lines {
  if (notRedrivable !== undefined) {
    return [`It cannot be re-driven (${notRedrivable}): start a new execution once the cause is mended.`];
  }
  const { until, consoleUrl, command } = redriveOffer(executionArn, endedAt);
  return [
    `Once the cause is mended, it can be re-driven from that state until ${utc(until)}:`,
    ...(consoleUrl === undefined ? [] : [consoleUrl]),
    command,
  ];
}

/** To the minute. */
export function utc(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
