import '../support/log-aloud';
import { testCloud } from '../support/cloud';
import { execute, refuse } from '../support/redrive';
import { withOutput } from '../support/reporting';
import type { World } from '../support/world';

const test = testCloud();

type Line = Record<string, unknown>;

/** What the Lambdas wrote meanwhile. */
async function linesOf(run: () => Promise<unknown>): Promise<Line[]> {
  const { answer, output } = await withOutput(run);
  if (answer instanceof Error) throw answer;
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
}

const STEPS = ['CreateSecret', 'SetSecret', 'TestSecret', 'FinishSecret'];

const NAMES: [what: string, secretId: (world: World) => string][] = [
  ['ARN', ({ secretArn }) => secretArn],
  ['name', ({ id }) => `app-${id}`],
];

describe('every line that a step logs', () => {
  it.each(NAMES)(
    'of a secret that is given by its %s names step, secret, version and execution',
    async (_what, secretId) => {
      const world = await test.makeWorld();

      const lines = await linesOf(() => execute(test, world, { secretId: secretId(world) }));

      expect(new Set(lines.map(({ step }) => step))).toEqual(new Set(STEPS));
      const { AWSCURRENT } = await world.labels();
      for (const line of lines) {
        expect(line).toMatchObject({
          secretArn: world.secretArn,
          versionId: AWSCURRENT,
          executionArn: expect.stringContaining(':execution:stepwise-rotation:') as unknown,
        });
      }
    },
  );

  it('of kickoff names secret and version, and the execution when it starts one', async () => {
    const world = await test.makeWorld();
    const token = test.announce(world);

    // Here all functions share one process and its logger; the executions of the steps are not looked at.
    const starting = await linesOf(async () => {
      await test.kickoff(world, token, 'createSecret');
      await test.cloud.settled();
    });
    const asking = await linesOf(() => test.kickoff(world, token, 'finishSecret'));

    const [execution] = await test.executionsOf(token);
    expect(starting.find(({ message }) => message === 'started an execution')).toMatchObject({
      executionArn: execution?.executionArn,
    });
    expect(asking).toHaveLength(1);
    expect(asking[0]).toMatchObject({ step: 'Kickoff', secretArn: world.secretArn, versionId: token });
  });

  it('of a preflight names secret and execution', async () => {
    const world = await test.makeWorld();

    const lines = await linesOf(() => execute(test, world, { operation: 'preflight' }));

    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toMatchObject({
        step: 'Preflight',
        secretArn: world.secretArn,
        executionArn: expect.stringContaining(':execution:') as unknown,
      });
    }
  });

  it('of a step that fails names them too, and the error', async () => {
    const world = await test.makeWorld();
    refuse('PutSecretValue')(world);

    const lines = await linesOf(() => execute(test, world, { secretId: `app-${world.id}` }));

    expect(lines.at(-1)).toMatchObject({
      level: 'ERROR',
      step: 'CreateSecret',
      secretArn: world.secretArn,
      versionId: expect.any(String) as unknown,
      executionArn: expect.stringContaining(':execution:') as unknown,
      errorName: 'SecretAccessDeniedError',
    });
  });
});
