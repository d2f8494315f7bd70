import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Login } from '../../support/database';
import { logInAndUse, textOf } from '../application/use-database';
import type { Arena } from './arena';
import { differingField } from './same-fields';

/** The text of a version. */
async function textWith({ world }: Arena, stage: string): Promise<string> {
  const { SecretString: text = '' } = await world.client.send(
    new GetSecretValueCommand({ SecretId: world.secretArn, VersionStage: stage }),
  );
  return text;
}

/** What is wrong with the version that a rotation wrote. */
export async function pendingProblem(
  arena: Arena,
  before: string,
  stage = 'AWSPENDING',
): Promise<string | undefined> {
  const after = await textWith(arena, stage);
  const field = differingField(before, after);
  if (field !== undefined) return `field ${JSON.stringify(field)} was not kept as it was written`;
  const { username, password } = JSON.parse(after) as Login;
  if (username !== arena.standby) return 'the new version does not name the standby user';
  return password === arena.login.password ? 'the new version has the old password' : undefined;
}

/**
 * What is wrong after a rotation that succeeded. The application has a new login from here on.
 * @param before the text of the version that was current
 * @param beforeId its id
 */
export async function rotationProblem(
  arena: Arena,
  before: string,
  beforeId: string,
): Promise<string | undefined> {
  const { world, login: previous } = arena;
  arena.forgetAccounts();
  const given = JSON.parse(before) as Login;
  if (given.username !== previous.username || given.password !== previous.password) {
    return "a credential that is not the current user's was rotated";
  }
  const { AWSCURRENT, AWSPREVIOUS, AWSPENDING } = await world.labels();
  if (AWSPREVIOUS !== beforeId || AWSCURRENT === beforeId) return 'the rotation succeeded and no label moved';
  if (AWSPENDING !== undefined && AWSPENDING !== AWSCURRENT) return 'AWSPENDING is on a version of its own';
  const problem = await pendingProblem(arena, before, 'AWSCURRENT');
  const { username, password } = JSON.parse(await textWith(arena, 'AWSCURRENT')) as Login;
  arena.login = { username, password };
  if (problem !== undefined) return problem;
  for (const [name, login] of [
    ['new', arena.login],
    ['previous', previous],
  ] as const) {
    const refusal = await logInAndUse(login, world.database);
    if (refusal !== undefined) return `after a rotation the ${name} login was refused: ${textOf(refusal)}`;
  }
  return undefined;
}
