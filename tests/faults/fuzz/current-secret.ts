import { randomUUID } from 'node:crypto';
import { DescribeExecutionCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { handler as kickoff } from '../../../functions/kickoff';
import { KICKOFF_ARN, MACHINE_ARN } from '../../../local/aws/cloud';
import { steps } from '../../../local/steps';
import { ROTATION_TOKEN, type Arena } from './arena';
import { applicationChanges } from './changes';
import { execute, executionProblem } from './executions';
import { property, type Check } from './property';
import { errorProblem, harmIn } from './harm';
import { pendingProblem, rotationProblem } from './rotation-verdict';
import { textAfter, type Change } from './secret-text';

const EXECUTION_ARN = 'arn:aws:states:us-east-1:123456789012:execution:stepwise-rotation:';

/** Kickoff asks again for seconds when it has time; here it has none. */
const SHORT = { getRemainingTimeInMillis: () => 1_000 };

async function createSecret(arena: Arena, changes: Change[]): Promise<string | undefined> {
  const text = textAfter(arena.document(), changes);
  const versionId = arena.newSecret(text);
  const input = { secretId: arena.world.secretArn, owner: 'schedule' };
  const outcome = await arena.attempt(() =>
    steps.CreateSecret({ input, executionArn: EXECUTION_ARN + randomUUID() }),
  );
  if (outcome.error !== undefined) return harmIn(arena, outcome, versionId);
  if (outcome.writes.join() !== 'PutSecretValue') return `wrote ${outcome.writes.join(', ') || 'nothing'}`;
  return pendingProblem(arena, text);
}

async function preflight(arena: Arena, changes: Change[]): Promise<string | undefined> {
  const versionId = arena.newSecret(textAfter(arena.document(), changes));
  const input = { secretId: arena.world.secretArn, owner: 'schedule', operation: 'preflight' };
  const outcome = await arena.attempt(() =>
    steps.Preflight({ input, executionArn: EXECUTION_ARN + randomUUID() }),
  );
  return harmIn(arena, outcome, versionId);
}

async function execution(arena: Arena, changes: Change[]): Promise<string | undefined> {
  const text = textAfter(arena.document(), changes);
  const versionId = arena.newSecret(text);
  return executionProblem(arena, await execute(arena), text, versionId);
}

/** Announces a version as Secrets Manager does before it calls kickoff. */
function announce({ cloud, world }: Arena): string {
  const token = randomUUID();
  const { seed } = cloud.secretsManager;
  seed.version(world.secretArn, { versionId: token, stages: ['AWSPENDING'] });
  seed.facts(world.secretArn, { rotation: { enabled: true, lambdaArn: KICKOFF_ARN } });
  return token;
}

async function kickoffs(arena: Arena, changes: Change[]): Promise<string | undefined> {
  const text = textAfter(arena.document(), changes);
  const versionId = arena.newSecret(text);
  const token = announce(arena);
  const event = {
    Step: 'createSecret',
    SecretId: arena.world.secretArn,
    ClientRequestToken: token,
    RotationToken: ROTATION_TOKEN,
  };
  const outcome = await arena.attempt(async () => {
    await kickoff(event, SHORT);
    await arena.cloud.settled();
  });
  if (outcome.error !== undefined) return harmIn(arena, outcome, versionId);
  const ended = await executionOf(arena, token);
  if (ended.error === undefined) return rotationProblem(arena, text, versionId);
  arena.forgetAccounts();
  return errorProblem({ name: ended.error, message: ended.cause ?? '' }, arena);
}

async function executionOf(
  { cloud }: Arena,
  token: string,
): Promise<{ error?: string | undefined; cause?: string | undefined }> {
  const { executions = [] } = await cloud.workflow.send(
    new ListExecutionsCommand({ stateMachineArn: MACHINE_ARN, maxResults: 10 }),
  );
  const found = executions.find(({ name }) => name?.includes(token));
  if (found === undefined) return { error: 'no execution', cause: '' };
  return cloud.workflow.send(new DescribeExecutionCommand({ executionArn: found.executionArn }));
}

/** The application's secret of every shape, to everything that reads it first. */
export function currentSecretProperties(arena: Arena): Check[] {
  const of = (
    name: string,
    [bounded, whole]: readonly [number, number],
    breaks: (arena: Arena, changes: Change[]) => Promise<string | undefined>,
  ): Check =>
    property({
      name: `application-secret/${name}`,
      bounded,
      whole,
      cases: applicationChanges,
      breaks: (changes) => breaks(arena, changes),
    });
  return [
    of('create-secret', [120, 1_200], createSecret),
    of('preflight', [20, 250], preflight),
    of('execution', [12, 200], execution),
    of('kickoff', [12, 150], kickoffs),
  ];
}
