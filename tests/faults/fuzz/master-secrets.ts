import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { steps } from '../../../local/steps';
import { server } from '../../support/database';
import type { Arena, Outcome } from './arena';
import { masterChanges } from './changes';
import { newExecutionArn, once, prepareRotation, type PreparedRotation } from './prepared-rotation';
import { property, type Check } from './property';
import { currentUserProblem, harmIn } from './harm';
import { textAfter, type Change } from './secret-text';

interface Case {
  stage: 'AWSCURRENT' | 'AWSPENDING';
  changes: Change[];
  step: 'SetSecret' | 'Preflight';
}

const cases: fc.Arbitrary<Case> = fc.record({
  stage: fc.constantFrom('AWSCURRENT', 'AWSPENDING'),
  changes: masterChanges,
  step: fc.constantFrom('SetSecret', 'SetSecret', 'Preflight'),
});

/** The application's secret leads along the wire, so the master's endpoint is the wire's too. */
function masterDocument({ world, cloud }: Arena): Record<string, unknown> {
  const { host, port } = cloud.databaseWire;
  return { engine: server.product === 'MySQL' ? 'mysql' : 'mariadb', host, port, ...world.master };
}

function put(arena: Arena, text: string, stage: string): void {
  const { seed } = arena.cloud.secretsManager;
  seed.version(arena.world.masterArn, { versionId: randomUUID(), value: text, stages: [stage] });
}

/** Takes the master's pending version away, and makes the current one right. */
function mend(arena: Arena): void {
  const { seed } = arena.cloud.secretsManager;
  const value = JSON.stringify(masterDocument(arena));
  seed.version(arena.world.masterArn, {
    versionId: randomUUID(),
    value,
    stages: ['AWSCURRENT', 'AWSPENDING'],
  });
}

function attempt(arena: Arena, { state }: PreparedRotation, { step, stage }: Case): Promise<Outcome> {
  if (step === 'Preflight') {
    const input = { secretId: state.secretArn, owner: state.owner, operation: 'preflight' };
    return arena.attempt(() => steps.Preflight({ input, executionArn: newExecutionArn() }));
  }
  const seen = { ...state, masterRotating: stage === 'AWSPENDING' };
  return arena.attempt(() => steps.SetSecret({ state: seen, redriveCount: 0 }));
}

async function breaks(arena: Arena, prepared: PreparedRotation, given: Case): Promise<string | undefined> {
  put(arena, textAfter(masterDocument(arena), given.changes), given.stage);
  try {
    const outcome = await attempt(arena, prepared, given);
    const { currentVersionId } = prepared.state;
    if (outcome.error !== undefined) return await harmIn(arena, outcome, currentVersionId);
    if (outcome.writes.length > 0) return `${given.step} wrote ${outcome.writes.join(', ')}`;
    // The standby was finished before, so there was nothing left to do.
    if (!(await arena.hasSameAccounts())) return `${given.step} changed a user that was finished`;
    return await currentUserProblem(arena);
  } finally {
    mend(arena);
  }
}

/** The master's secret of every shape, to the steps that log in with it. */
export function masterSecretProperties(arena: Arena): Check[] {
  const prepared = once(async () => {
    mend(arena);
    return prepareRotation(arena);
  });
  return [
    property({
      name: 'master-secret/set-secret-and-preflight',
      bounded: 40,
      whole: 500,
      cases,
      breaks: async (given) => breaks(arena, await prepared(), given),
    }),
  ];
}
