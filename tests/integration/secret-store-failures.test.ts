import { UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../local/aws/secrets-manager/errors';
import { eachWorld } from '../support/each-world';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

describe('a promotion', () => {
  const lost = () => new AwsError('InternalServiceError', 'lost');

  it('whose call fails once is repeated by the SDK', async () => {
    const world = await worlds.make();
    let calls = 0;
    world.intercept(({ operation }) => {
      if (operation === 'UpdateSecretVersionStage' && (calls += 1) === 1) throw lost();
    });

    const execution = await world.rotate();

    expect(execution).toMatchObject({ status: 'SUCCEEDED', output: { finishSecret: { promoted: true } } });
    expect(execution.states.find(({ name }) => name === 'FinishSecret')?.attempts).toBe(1);
    expect(calls).toBe(2);
  });

  it('whose calls all fail is repeated by the state machine', async () => {
    const world = await worlds.make();
    let calls = 0;
    world.intercept(({ operation }) => {
      if (operation === 'UpdateSecretVersionStage' && (calls += 1) <= 3) throw lost();
    });
    const errors: string[] = [];

    const execution = await world.rotate({
      onEvent: (event) => {
        if (event.kind === 'attempt-failed') errors.push(event.error);
      },
    });

    expect(errors).toEqual(['SecretStoreUnavailableError']);
    expect(execution).toMatchObject({ status: 'SUCCEEDED', output: { finishSecret: { promoted: true } } });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('that took effect although its answer was lost is found done', async () => {
    const world = await worlds.make();
    let isCarriedOut = false;
    world.intercept(async ({ operation, request }) => {
      if (operation !== 'UpdateSecretVersionStage' || isCarriedOut) return;
      isCarriedOut = true;
      const input = request as UpdateSecretVersionStageCommand['input'];
      await world.client.send(new UpdateSecretVersionStageCommand(input));
      throw lost();
    });

    const execution = await world.rotate();

    expect(isCarriedOut).toBe(true);
    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    expect(execution.states.find(({ name }) => name === 'FinishSecret')?.attempts).toBe(1);
    expect(await world.currentSecretWorks()).toBe(true);
  });
});

describe('Secrets Manager', () => {
  it.each(['DescribeSecret', 'GetSecretValue', 'GetRandomPassword', 'PutSecretValue'])(
    'may throttle every first %s',
    async (throttled) => {
      const world = await worlds.make();
      let isNext = true;
      world.intercept(({ operation }) => {
        if (operation !== throttled) return;
        isNext = !isNext;
        if (!isNext) throw new AwsError('ThrottlingException', 'Rate exceeded');
      });

      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    },
  );

  it.each(['DescribeSecret', 'GetSecretValue', 'GetRandomPassword', 'PutSecretValue'])(
    'may refuse %s, which is named and not tried again',
    async (refused) => {
      const world = await worlds.make();
      const before = await world.snapshot();
      world.intercept(({ operation }) => {
        if (operation === refused) throw new AwsError('AccessDeniedException', 'no');
      });

      const execution = await world.rotate();

      world.intercept(() => undefined);
      expect(execution).toMatchObject({ status: 'FAILED', error: 'SecretAccessDeniedError' });
      expect(execution.cause).toMatch(new RegExp(`^${refused}.* was refused \\(AccessDeniedException\\)`));
      expect(execution.states.at(-1)).toMatchObject({ name: 'CreateSecret', attempts: 1 });
      expect(await world.snapshot()).toEqual(before);
    },
  );
});
