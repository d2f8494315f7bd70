import type { Notice } from '../notices/notices';
import { machineNameOf, secretNameOf } from './arns';
import { explainError, type Explanation } from './explain-error';
import type { FailedExecution } from './failed-execution';
import { movedSentences, redriveLines, stateAndError, utc, whatToDo } from './notice-paragraphs';

/** SNS takes less than 100 characters (API reference, Publish, Subject). */
const LONGEST_SUBJECT = 99;
/** Leaves room for the longest error name of this service. */
const LONGEST_NAME_IN_SUBJECT = 40;

const HOW_IT_ENDED = {
  FAILED: 'failed',
  TIMED_OUT: 'took longer than the state machine allows, and was ended',
  ABORTED: 'was stopped by a person or a program',
} as const;

/** Tells a person what failed, what to do about it, and where. */
export function failureNotice(failed: FailedExecution): Notice {
  const { status, run, executionArn, redriveCount, request } = failed;
  const { secretId = 'a secret that its input does not name', operation } = request;
  const explanation = explanationOf(failed);
  const paragraphs = [
    [`The ${NOUNS[operation]} of ${secretId} ${HOW_IT_ENDED[status]}.`],
    stateAndError(failed, explanation),
    whatToDo(failed, explanation),
    movedSentences(failed),
    redriveLines(failed),
    [
      `State machine: ${machineNameOf(executionArn)}`,
      `Execution: ${executionArn}${redriveCount === 0 ? '' : ` (redrive ${redriveCount})`}`,
      `Ended: ${utc(failed.endedAt)}`,
    ],
    ['This notice is delivered at least once: a second copy tells of the same failure.'],
  ];
  return {
    subject: subjectOf(failed, explanation),
    text: `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`,
    attributes: withoutAbsent({
      status,
      error: status === 'TIMED_OUT' ? 'States.Timeout' : explanation?.name,
      state: run.state,
      secret: request.secretId,
      execution: executionArn,
    }),
  };
}

const NOUNS = { rotate: 'rotation', preflight: 'preflight' } as const;

/** An execution that was ended from outside tells no error of its own, or anything at all; its last attempt does. */
function explanationOf({ status, failure, run }: FailedExecution): Explanation | undefined {
  const told = status === 'FAILED' ? (failure ?? run.lastFailure) : run.lastFailure;
  return told && explainError(told);
}

/** What is beyond ASCII would be refused; a secret's name, a status and an error's name are within it. */
function subjectOf({ status, request }: FailedExecution, explanation: Explanation | undefined): string {
  const name = secretNameOf(request.secretId ?? 'unknown secret');
  const short =
    name.length > LONGEST_NAME_IN_SUBJECT ? `${name.slice(0, LONGEST_NAME_IN_SUBJECT - 3)}...` : name;
  const why = explanation === undefined ? '' : `: ${explanation.name}`;
  return `${status}: ${NOUNS[request.operation]} of ${short}${why}`.slice(0, LONGEST_SUBJECT);
}

function withoutAbsent(attributes: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
