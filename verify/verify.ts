import { makeClients } from './clients';
import type { Experiment } from './experiment';
import { seconds, type Pace } from './pace';
import { endpointOf, type VerifyDocument } from './report/document';
import type { Request } from './request';
import { requireRestingSecret, runExperiments } from './run-experiments';

interface Surroundings extends Request {
  readonly pace: Pace;
  readonly signal: AbortSignal;
  /** Hears of the progress, line by line. */
  readonly say: (text: string) => void;
}

/**
 * Runs the experiments.
 * @throws {Error} when the secret is not there, or not in a state to begin with.
 */
export async function verify(
  experiments: readonly Experiment[],
  { secretId, stateMachineArn, kickoffArn, region, pace, signal, say }: Surroundings,
): Promise<VerifyDocument> {
  const startedAt = new Date();
  const { clients, endpoints, destroy } = makeClients(region);
  try {
    const secretArn = await requireRestingSecret(clients, secretId);
    const target = { secretArn, stateMachineArn, kickoffArn };
    const outcomes = await runExperiments(
      experiments,
      {
        clients,
        target,
        pace,
        signal,
        onEvidence: ({ source, what }) => {
          say(`  ${source}: ${what}`);
        },
      },
      {
        onBegin: ({ id, question, longestMs }) => {
          say(`${id}: ${question} (at most ${seconds(longestMs(pace))})`);
        },
        onEnd: ({ id, answer, why }) => {
          say(`${id}: ${answer}, ${why}`);
        },
      },
    );
    return {
      endpoint: endpointOf(endpoints()),
      endpoints: endpoints(),
      region,
      ...target,
      startedAt: startedAt.toISOString(),
      seconds: (Date.now() - startedAt.getTime()) / 1000,
      experiments: outcomes,
    };
  } finally {
    destroy();
  }
}
