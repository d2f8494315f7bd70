import * as fc from 'fast-check';
import { steps } from '../../../local/steps';
import type { Arena } from './arena';
import { anyJson, shapeChanges } from './json-of-shape';
import { once, prepareRotation, type PreparedRotation } from './prepared-rotation';
import { property, type Check } from './property';
import { currentUserProblem, harmIn } from './harm';
import { rotationProblem } from './rotation-verdict';
import { textAfter, type Change } from './secret-text';

const STEPS = ['SetSecret', 'TestSecret', 'FinishSecret'] as const;
type Step = (typeof STEPS)[number];

interface Case {
  step: Step;
  /** Of the recorded state, or the whole of it. */
  state: Change[] | string;
  /** What the context object says. */
  redriveCount: string;
}

/** Every field that a step leaves for the next one. */
const FIELDS = [
  'schemaVersion',
  'executionArn',
  'secretArn',
  'owner',
  'versionId',
  'currentVersionId',
  'previousVersionId',
  'changedAt',
  'currentUser',
  'pendingUser',
  'host',
  'port',
  'masterArn',
  'alreadyRotated',
  'masterRotating',
  'setSecret',
  'testSecret',
  'setAgain',
];

const cases: fc.Arbitrary<Case> = fc.record({
  step: fc.constantFrom(...STEPS),
  state: fc.oneof({ weight: 5, arbitrary: shapeChanges(FIELDS) }, { weight: 1, arbitrary: anyJson }),
  redriveCount: fc.constantFrom('0', '0', '0', '1', '-1', '1.5', '"0"', 'null'),
});

async function breaks(arena: Arena, prepared: PreparedRotation, given: Case): Promise<string | undefined> {
  const { state, setSecret, testSecret, current } = prepared;
  const recorded = { ...state, setSecret, testSecret };
  const text = typeof given.state === 'string' ? given.state : textAfter(recorded, given.state);
  // Parsed here: a step is handed what the platform has parsed.
  const event = {
    state: JSON.parse(text) as unknown,
    redriveCount: JSON.parse(given.redriveCount) as unknown,
  };
  const outcome = await arena.attempt(() => steps[given.step](event));
  if (outcome.error !== undefined) return harmIn(arena, outcome, state.currentVersionId);
  if (outcome.writes.includes('UpdateSecretVersionStage'))
    return rotationProblem(arena, current, state.currentVersionId);
  // The standby was finished before, so there was nothing left to do.
  if (!(await arena.hasSameAccounts())) return `${given.step} changed a user that was finished`;
  return currentUserProblem(arena);
}

/** States as an execution's history has them, of every shape: what a redrive hands to today's code. */
export function recordedStateProperties(arena: Arena): Check[] {
  let prepared = once(() => prepareRotation(arena));
  const tried = async (given: Case): Promise<string | undefined> => {
    const rotation = await prepared();
    const problem = await breaks(arena, rotation, given);
    // Finished: the next case needs another one.
    if ((await arena.world.labels())['AWSCURRENT'] !== rotation.state.currentVersionId) {
      prepared = once(() => prepareRotation(arena));
    }
    return problem;
  };
  return [property({ name: 'recorded-state/handlers', bounded: 80, whole: 1_000, cases, breaks: tried })];
}
