import pc from 'picocolors';
import type { Evidence } from '../evidence';
import type { Experiment } from '../experiment';
import type { Pace } from '../pace';
import type { Outcome } from '../run-experiment';
import type { VerifyDocument } from './document';

/** The answers for people, with the evidence under each. */
export function answerTable({ endpoint, experiments }: VerifyDocument): string {
  const width = widthOf(experiments);
  return [
    ...experiments.flatMap((outcome) => [...answerRows(outcome, width), '']),
    endpoint === 'aws'
      ? 'endpoint: aws'
      : pc.yellow(
          `endpoint: ${endpoint}; these answers say that the experiments work, and nothing about AWS`,
        ),
  ].join('\n');
}

/** What `--list` prints. */
export function experimentTable(listed: readonly ListedExperiment[]): string {
  const width = widthOf(listed);
  return listed
    .map(({ id, question, does, atMostSeconds }) =>
      [
        `${pc.bold(id.padEnd(width))}  ${question}`,
        `${' '.repeat(width)}  ${does}`,
        `${' '.repeat(width)}  ${pc.dim(`at most ${minutes(atMostSeconds)}`)}`,
      ].join('\n'),
    )
    .join('\n');
}

/** One of the experiments that `--list --json` prints. */
interface ListedExperiment {
  id: string;
  question: string;
  does: string;
  noContradictsDesign: boolean;
  /** Restoring apart. */
  atMostSeconds: number;
}

export function listedExperiment(experiment: Experiment, pace: Pace): ListedExperiment {
  const { id, question, does, noContradictsDesign } = experiment;
  return { id, question, does, noContradictsDesign, atMostSeconds: experiment.longestMs(pace) / 1000 };
}

const widthOf = (entries: readonly { id: string }[]): number =>
  Math.max(...entries.map(({ id }) => id.length));

const minutes = (seconds: number): string =>
  seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;

function answerRows(outcome: Outcome, width: number): string[] {
  const { id, question, why, notRestored, evidence } = outcome;
  const indent = ' '.repeat(width + 2);
  return [
    `${pc.bold(id.padEnd(width))}  ${colouredAnswer(outcome)}  ${pc.dim(`${outcome.seconds.toFixed(1)} s`)}`,
    `${indent}${question}`,
    `${indent}${why}`,
    ...notRestored.map((what) => `${indent}${pc.red(`not restored: ${what}`)}`),
    ...evidence.map((entry) => `${indent}${evidenceRow(entry)}`),
  ];
}

function colouredAnswer({ answer, contradictsDesign }: Outcome): string {
  if (contradictsDesign) return pc.red('no, against the design');
  return answer === 'not answered' ? pc.yellow(answer) : pc.green(answer);
}

function evidenceRow({ at, source, what, requestId, eventId }: Evidence): string {
  const ids = [
    requestId === undefined ? [] : `request ${requestId}`,
    eventId === undefined ? [] : `event ${eventId}`,
  ];
  return pc.dim([at, source.padEnd('Secrets Manager'.length), what, ...ids.flat()].join('  '));
}
