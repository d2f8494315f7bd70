import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { handler as kickoff } from '../../../functions/kickoff';
import { KICKOFF_ARN } from '../../../local/aws/cloud';
import { ROTATION_TOKEN, type Arena } from './arena';
import { anyJson, shapeChanges } from './json-of-shape';
import { property, type Check } from './property';
import { markedValue, rawValue } from './raw-values';
import { harmIn } from './harm';
import { rotationProblem } from './rotation-verdict';
import { textAfter, type Change } from './secret-text';

interface Case {
  step: string;
  event: Change[] | string;
}

/** Kickoff asks again for seconds when it has time; here it has none. */
const SHORT = { getRemainingTimeInMillis: () => 1_000 };

const FIELDS = ['Step', 'SecretId', 'ClientRequestToken', 'RotationToken'];

const STEPS = [
  '"createSecret"',
  '"create_secret"',
  '"CreateSecret"',
  '"finishSecret"',
  '"__proto__"',
  '"toString"',
];

const valueFor = (field: string): fc.Arbitrary<string> => {
  if (field === 'RotationToken') return fc.oneof(rawValue, markedValue);
  return field === 'Step' ? fc.oneof(rawValue, fc.constantFrom(...STEPS)) : rawValue;
};

const cases: fc.Arbitrary<Case> = fc.record({
  // A promise of success by finishSecret waits for seconds; what its event must be like is the same.
  step: fc.constantFrom('createSecret', 'setSecret', 'finishSecret'),
  event: fc.oneof(
    { weight: 6, arbitrary: shapeChanges(FIELDS, valueFor) },
    { weight: 1, arbitrary: anyJson },
  ),
});

async function breaks(arena: Arena, given: Case): Promise<string | undefined> {
  const text = JSON.stringify(arena.document());
  const versionId = arena.newSecret(text);
  const { secretArn } = arena.world;
  const token = randomUUID();
  const { seed } = arena.cloud.secretsManager;
  seed.version(secretArn, { versionId: token, stages: ['AWSPENDING'] });
  seed.facts(secretArn, { rotation: { enabled: true, lambdaArn: KICKOFF_ARN } });
  const event = {
    Step: given.step,
    SecretId: secretArn,
    ClientRequestToken: token,
    RotationToken: ROTATION_TOKEN,
  };
  const changed = typeof given.event === 'string' ? given.event : textAfter(event, given.event);
  const outcome = await arena.attempt(async () => {
    await kickoff(JSON.parse(changed), SHORT);
    await arena.cloud.settled();
  });
  if (outcome.error !== undefined) return harmIn(arena, outcome, versionId);
  if (outcome.writes.length > 0) return rotationProblem(arena, text, versionId);
  const { AWSCURRENT } = await arena.world.labels();
  return AWSCURRENT === versionId ? undefined : 'AWSCURRENT moved without a call';
}

/** What Secrets Manager calls kickoff with, of every shape. */
export const rotationEventProperties = (arena: Arena): Check[] => [
  property({
    name: 'rotation-event/kickoff',
    bounded: 80,
    whole: 1_000,
    cases,
    breaks: (given) => breaks(arena, given),
  }),
];
