import { SFN } from '@aws-sdk/client-sfn';
import { withPackagedService } from '../../local/lambda/package-service';
import { functionSettings } from '../../local/lab/function-settings';
import type { Invoke } from '../../local/lambda/in-process';
import { LAB_ACCOUNT } from '../../local/stack/account';
import { withDeployedStack } from '../../local/stack/deploy-stack';
import type { DeployedStack } from '../../local/stack/deployed-stack';
import { rotationMachineOf } from '../../local/stack/entry-points';
import { withStackServices, type StackServices } from '../../local/stack/stack-services';
import { eachWorld } from '../support/each-world';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** The moments that the test waits for, in place of the clock. */
class HeldPreflights {
  /** Preflights at work now, and the most there have been at once. */
  #atWork = 0;
  most = 0;
  #ended = 0;
  /** The executions whose preflight was refused. */
  readonly refused = new Set<string>();
  readonly #allRefused = Promise.withResolvers<undefined>();
  readonly #firstEnded = Promise.withResolvers<undefined>();

  constructor(
    readonly reserved: number,
    readonly count: number,
  ) {}

  /** Holds a preflight that runs until every other one was refused. */
  async begin(): Promise<void> {
    this.#atWork += 1;
    this.most = Math.max(this.most, this.#atWork);
    if (this.#atWork > this.reserved) this.#allRefused.resolve(undefined); // fails the test, and ends it
    await this.#allRefused.promise;
  }

  end(): void {
    this.#atWork -= 1;
    this.#ended += 1;
    if (this.#ended === this.reserved) this.#firstEnded.resolve(undefined);
  }

  /** Holds a repeated call until the preflights that ran first have ended, so that no pause decides the test. */
  calling(invoke: Invoke): Invoke {
    return async (event) => {
      const { executionArn } = event as { executionArn: string };
      if (this.refused.has(executionArn)) await this.#firstEnded.promise;
      try {
        return await invoke(event);
      } catch (thrown) {
        if ((thrown as Error).name !== 'Lambda.TooManyRequestsException') throw thrown;
        this.refused.add(executionArn);
        if (this.refused.size === this.count - this.reserved) this.#allRefused.resolve(undefined);
        throw thrown;
      }
    };
  }
}

/** Deploys the packaged stack, with the settings of this process, with held preflights. */
const withStack = (
  held: HeldPreflights,
  use: (stack: DeployedStack, services: StackServices) => Promise<void>,
) =>
  withPackagedService({ environment: { PREFLIGHT_CONCURRENCY: String(held.reserved) } }, (folder) => {
    const { parameters, runtime } = functionSettings({ verbose: false });
    const settings = {
      parameters,
      runtime: async () => {
        await held.begin();
        return runtime();
      },
      onUsage: () => {
        held.end();
      },
    };
    return withDeployedStack(folder, { account: LAB_ACCOUNT, settings }, (deployed) => {
      const functions = deployed.functions.map((one) => ({ ...one, invoke: held.calling(one.invoke) }));
      const stack = { ...deployed, functions };
      const options = { stepFunctions: { timeScale: 0 } };
      return withStackServices(stack, options, (services) => use(stack, services));
    });
  });

describe('preflights of a stack with PREFLIGHT_CONCURRENCY', () => {
  it.each([
    [1, 2],
    [2, 4],
    [3, 5],
  ])(
    'run %d at once when %d are started, and the others succeed through the Retry',
    async (reserved, count) => {
      const world = await worlds.make();
      const held = new HeldPreflights(reserved, count);
      const statuses: unknown[] = [];
      await withStack(held, async (stack, { stepFunctions }) => {
        const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
        const states = new SFN({ endpoint: stepFunctions.url, region: LAB_ACCOUNT.region, credentials });
        const input = JSON.stringify({
          secretId: world.secretArn,
          owner: 'schedule',
          operation: 'preflight',
        });
        const stateMachineArn = rotationMachineOf(stack).arn;
        const arns: string[] = [];
        for (let index = 0; index < count; index += 1) {
          const { executionArn = '' } = await states.startExecution({ stateMachineArn, input });
          arns.push(executionArn);
        }
        await stepFunctions.settled();
        for (const executionArn of arns) {
          const { status, error } = await states.describeExecution({ executionArn });
          statuses.push(error ?? status);
        }
        states.destroy();
      });
      expect(statuses).toEqual(Array(count).fill('SUCCEEDED'));
      expect(held.most).toBe(reserved);
      expect(held.refused.size).toBe(count - reserved);
    },
  );
});
