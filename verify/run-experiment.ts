import type { Bench, Clients, Target } from './bench';
import { EvidenceLog, type Evidence } from './evidence';
import { notAnswered, type Answer, type Experiment, type Finding } from './experiment';
import { describeSecret } from './looks/secret';
import type { Pace } from './pace';
import { restore } from './restore';

/** What became of one experiment. */
export interface Outcome {
  readonly id: string;
  readonly question: string;
  readonly answer: Answer;
  /** One sentence with the numbers; for `not answered`, what would have to be otherwise. */
  readonly why: string;
  /** Whether the answer is a no, and something of this project does not work as it says. */
  readonly contradictsDesign: boolean;
  readonly evidence: readonly Evidence[];
  /** What is not as it was before; empty when everything was restored. */
  readonly notRestored: readonly string[];
  /** Restoring included. */
  readonly seconds: number;
}

export interface Surroundings {
  readonly clients: Clients;
  readonly target: Target;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly spentEventIds: ReadonlySet<string>;
  readonly onEvidence: (evidence: Evidence) => void;
}

/** Runs one experiment and restores what it changed, also when it fails or is interrupted. */
export async function runExperiment(experiment: Experiment, given: Surroundings): Promise<Outcome> {
  const startedAt = Date.now();
  const evidence = new EvidenceLog(given.onEvidence);
  const bench: Bench = { ...given, evidence, executionArns: new Set() };
  const before = await describeSecret(given.clients.secrets, given.target.secretArn);
  const finding = await findingOf(experiment, bench);
  const notRestored = await restore({ ...bench, signal: new AbortController().signal }, before).catch(
    (error: unknown) => [`restoring failed: ${textOf(error)}`],
  );
  const { id, question, noContradictsDesign } = experiment;
  return {
    id,
    question,
    ...finding,
    contradictsDesign: finding.answer === 'no' && noContradictsDesign,
    evidence: evidence.all(),
    notRestored,
    seconds: (Date.now() - startedAt) / 1000,
  };
}

/** A refused call is no answer. What AWS says in it names actions and ARNs, and no value. */
async function findingOf(experiment: Experiment, bench: Bench): Promise<Finding> {
  try {
    return await experiment.run(bench);
  } catch (error) {
    return notAnswered(bench.signal.aborted ? 'interrupted' : textOf(error));
  }
}

const textOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
