import * as fc from 'fast-check';
import type { Login } from '../../support/database';
import { steps } from '../../../local/steps';
import { logInAndUse, textOf } from '../application/use-database';
import type { Arena } from './arena';
import { applicationChanges } from './changes';
import { OTHER_MARKER } from './confidential';
import { execute, executionProblem } from './executions';
import { once, prepareRotation, type PreparedRotation } from './prepared-rotation';
import { property, type Check } from './property';
import { currentUserProblem, harmIn } from './harm';
import { rotationProblem } from './rotation-verdict';
import { textAfter, type Change } from './secret-text';

/** Which of the two versions of a rotation is not as CreateSecret found or wrote it. */
type Stage = 'AWSCURRENT' | 'AWSPENDING';
type Case = [stage: Stage, changes: Change[]];

const cases: fc.Arbitrary<Case> = fc.tuple(
  fc.constantFrom<Stage>('AWSCURRENT', 'AWSPENDING'),
  applicationChanges,
);

/** Puts both versions in place, one of them changed. */
function place(
  arena: Arena,
  { state, current, pending }: PreparedRotation,
  [stage, changes]: Case,
): Record<Stage, string> {
  const texts = { AWSCURRENT: current, AWSPENDING: pending };
  texts[stage] = textAfter(JSON.parse(texts[stage]) as Record<string, unknown>, changes);
  const { seed } = arena.cloud.secretsManager;
  const ids = { AWSCURRENT: state.currentVersionId, AWSPENDING: state.versionId };
  for (const label of ['AWSCURRENT', 'AWSPENDING'] as const) {
    seed.version(arena.world.secretArn, { versionId: ids[label], value: texts[label], stages: [label] });
  }
  return texts;
}

type Fields = Record<string, string | number | undefined>;

/** What both versions of a secret must have in common, each in one way of writing it. */
function commonFields(text: string): Fields {
  const { engine, host, port = 3306, dbname, database, masterarn } = JSON.parse(text) as Fields;
  return {
    engine,
    host: String(host).toLowerCase(),
    port: Number(port),
    dbname: dbname ?? database,
    masterarn,
  };
}

/** The first field in which the two versions differ. */
function disagreement(texts: Record<Stage, string>): string | undefined {
  const [one, other] = [commonFields(texts.AWSCURRENT), commonFields(texts.AWSPENDING)];
  return Object.keys(one).find((field) => one[field] !== other[field]);
}

async function setSecret(arena: Arena, prepared: PreparedRotation, given: Case): Promise<string | undefined> {
  const texts = place(arena, prepared, given);
  const { state } = prepared;
  const outcome = await arena.attempt(() => steps.SetSecret({ state, redriveCount: 0 }));
  if (outcome.error !== undefined) {
    return harmIn(arena, outcome, state.currentVersionId);
  }
  arena.forgetAccounts();
  const differing = disagreement(texts);
  if (differing !== undefined) return `SetSecret took versions that differ in ${differing}`;
  for (const stage of ['AWSPENDING', 'AWSCURRENT'] as const) {
    const refusal = await logInAndUse(JSON.parse(texts[stage]) as Login, arena.world.database);
    if (refusal !== undefined) return `the login of ${stage} was refused after SetSecret: ${textOf(refusal)}`;
  }
  return currentUserProblem(arena);
}

async function testSecret(
  arena: Arena,
  prepared: PreparedRotation,
  given: Case,
): Promise<string | undefined> {
  const { AWSPENDING: text } = place(arena, prepared, given);
  const { state, setSecret: set } = prepared;
  const outcome = await arena.attempt(() =>
    steps.TestSecret({ state: { ...state, setSecret: set }, redriveCount: 0 }),
  );
  if (outcome.error !== undefined) {
    return harmIn(arena, outcome, state.currentVersionId);
  }
  if (outcome.writes.length > 0 || !(await arena.hasSameAccounts())) return 'TestSecret changed something';
  const refusal = await logInAndUse(JSON.parse(text) as Login, arena.world.database);
  return refusal && `TestSecret passed a login that was refused: ${textOf(refusal)}`;
}

/** The adopted password may be any text, such as an ARN, which messages may hold: the next case has another one. */
async function renewed(arena: Arena): Promise<string | undefined> {
  const text = JSON.stringify(arena.document());
  const versionId = arena.newSecret(text);
  return executionProblem(arena, await execute(arena), text, versionId);
}

/** A version that an earlier run left pending gives the next one its login, and no other field. */
async function adopted(arena: Arena, changes: Change[]): Promise<string | undefined> {
  const document = arena.document();
  const current = JSON.stringify(document);
  const versionId = arena.newSecret(current);
  const pending = {
    ...document,
    username: arena.standby,
    password: `${OTHER_MARKER}-${arena.standby.slice(-1)}`,
  };
  const text = textAfter(pending, changes);
  arena.cloud.secretsManager.seed.version(arena.world.secretArn, {
    versionId: 'left-pending-by-an-earlier-run-00',
    value: text,
    stages: ['AWSPENDING'],
  });
  const outcome = await execute(arena);
  if (outcome.error !== undefined) return executionProblem(arena, outcome, current, versionId);
  return (await rotationProblem(arena, current, versionId)) ?? renewed(arena);
}

/** Both versions of a rotation, of every shape, to the steps that read them under their labels. */
export function fencedSecretProperties(arena: Arena): Check[] {
  const prepared = once(() => prepareRotation(arena));
  return [
    property({
      name: 'versions/test-secret',
      bounded: 30,
      whole: 400,
      cases,
      breaks: async (given) => testSecret(arena, await prepared(), given),
    }),
    property({
      name: 'versions/set-secret',
      bounded: 40,
      whole: 400,
      cases,
      breaks: async (given) => setSecret(arena, await prepared(), given),
    }),
    property({
      name: 'pending-version/execution',
      bounded: 10,
      whole: 150,
      cases: applicationChanges,
      breaks: (changes) => adopted(arena, changes),
    }),
  ];
}
