import { ROLE, withEndpoint } from './endpoint';
import { arnOf, ROTATION_SHAPED, task } from './rotation-shaped';

describe('CreateStateMachine and DescribeStateMachine', () => {
  test('keep the definition as it was given', async () => {
    await withEndpoint({}, async ({ api, stateMachineArn, finished }) => {
      await finished();
      expect(await api.describeStateMachine({ stateMachineArn })).toMatchObject({
        stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:rotation',
        name: 'rotation',
        definition: ROTATION_SHAPED,
        roleArn: ROLE,
        type: 'STANDARD',
        status: 'ACTIVE',
        creationDate: expect.any(Date) as Date,
      });
    });
  });

  test('may be repeated with the same definition only', async () => {
    await withEndpoint({}, async ({ api, stateMachineArn }) => {
      const create = (definition: string) =>
        api.createStateMachine({ name: 'rotation', definition, roleArn: ROLE });
      expect(await create(ROTATION_SHAPED)).toMatchObject({ stateMachineArn });
      await expect(create(`${ROTATION_SHAPED} `)).rejects.toMatchObject({
        name: 'StateMachineAlreadyExists',
        message: `State Machine Already Exists: '${stateMachineArn}'`,
      });
    });
  });

  const A = task('f', { End: true });
  test.each([
    ['text that is not JSON', '{'],
    ['no state', { StartAt: 'A', States: {} }],
    ['a first state that is not there', { StartAt: 'B', States: { A } }],
    ['a next state that is not there', { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } }],
    ['a bad Retry', { StartAt: 'A', States: { A: { ...A, Retry: [{ ErrorEquals: 'All' }] } } }],
    ['JSONata', { StartAt: 'A', QueryLanguage: 'JSONata', States: { A } }],
    ['an integration', { StartAt: 'A', States: { A: { ...A, Resource: 'arn:aws:states:::lambda:invoke' } } }],
    ['a Parallel', { StartAt: 'A', States: { A: { Type: 'Parallel', End: true, Branches: [] } } }],
  ])('F3: refuses %s', async (_case, definition) => {
    await withEndpoint({}, async ({ api }) => {
      const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
      await expect(
        api.createStateMachine({ name: 'n', definition: text, roleArn: ROLE }),
      ).rejects.toMatchObject({
        name: 'InvalidDefinition',
        message: expect.stringContaining('Invalid State Machine Definition: ') as string,
      });
    });
  });

  test('refuse Express, bad names and unknown ARNs', async () => {
    await withEndpoint({}, async ({ api, stateMachineArn }) => {
      const rest = { definition: ROTATION_SHAPED, roleArn: ROLE };
      await expect(api.createStateMachine({ name: 'a b', ...rest })).rejects.toMatchObject({
        name: 'InvalidName',
      });
      await expect(api.createStateMachine({ name: 'n', type: 'EXPRESS', ...rest })).rejects.toMatchObject({
        name: 'StateMachineTypeNotSupported',
      });
      await expect(
        api.describeStateMachine({ stateMachineArn: `${stateMachineArn}x` }),
      ).rejects.toMatchObject({
        name: 'StateMachineDoesNotExist',
      });
    });
  });

  test('F6: a function that does not exist fails the Task that calls it, not the creation', async () => {
    await withEndpoint({ functions: {} }, async ({ api, finished }) => {
      expect(await api.describeExecution({ executionArn: await finished() })).toMatchObject({
        status: 'FAILED',
        error: 'Lambda.ResourceNotFoundException',
        cause: `Function not found: ${arnOf('createSecret')}`,
      });
    });
  });
});
