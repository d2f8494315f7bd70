import { notAnswered, type Experiment } from './experiment';
import { describeSecret, unfinishedVersion } from './looks/secret';
import { runExperiment, type Outcome, type Surroundings } from './run-experiment';

interface Progress {
  onBegin: (experiment: Experiment) => void;
  onEnd: (outcome: Outcome) => void;
}

/** Runs one experiment after the other. After a failed preflight, or Ctrl-C, the rest stays unanswered. */
export async function runExperiments(
  experiments: readonly Experiment[],
  given: Omit<Surroundings, 'spentEventIds'>,
  { onBegin, onEnd }: Progress,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const spentEventIds = new Set<string>();
  for (const experiment of experiments) {
    const why = whyNot(outcomes, given.signal);
    if (why !== undefined) {
      outcomes.push(skipped(experiment, why));
      continue;
    }
    onBegin(experiment);
    const outcome = await runExperiment(experiment, { ...given, spentEventIds });
    for (const { source, eventId } of outcome.evidence) {
      if (source === 'CloudTrail' && eventId !== undefined) spentEventIds.add(eventId);
    }
    outcomes.push(outcome);
    onEnd(outcome);
  }
  return outcomes;
}

function whyNot(outcomes: readonly Outcome[], signal: AbortSignal): string | undefined {
  if (signal.aborted) return 'interrupted';
  if (outcomes.some(({ id, answer }) => id === 'deployment' && answer === 'no')) {
    return 'the preflight failed: mend that first';
  }
  if (outcomes.some(({ notRestored }) => notRestored.length > 0)) {
    return 'an experiment before it could not be undone: see there';
  }
  return undefined;
}

function skipped({ id, question }: Experiment, why: string): Outcome {
  return {
    id,
    question,
    ...notAnswered(why),
    contradictsDesign: false,
    evidence: [],
    notRestored: [],
    seconds: 0,
  };
}

/**
 * The secret that may be rotated.
 * @returns its ARN
 * @throws {Error} when it is not in a state to begin with
 */
export async function requireRestingSecret(
  { secrets }: Surroundings['clients'],
  secretId: string,
): Promise<string> {
  const facts = await describeSecret(secrets, secretId);
  if (facts.isDeleted) throw new Error(`${facts.arn} is scheduled for deletion`);
  const versionId = unfinishedVersion(facts);
  if (versionId === undefined) return facts.arn;
  throw new Error(
    `${facts.arn}: AWSPENDING is on ${versionId}, so a rotation is under way or was left behind; finish it, or take the label off`,
  );
}
