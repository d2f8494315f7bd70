import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { rotationDefinition } from '../../../local/aws/step-functions/rotation-definition';
import { withEndpoint } from './endpoint';
import { arnOf } from './rotation-shaped';

const { functions } = parse(readFileSync(join(__dirname, '../../../serverless.yml'), 'utf8')) as {
  functions: Record<string, unknown>;
};
const arns = Object.fromEntries(Object.keys(functions).map((name) => [name, arnOf(name)]));

describe('The definition of the rotation', () => {
  test('F6: is taken by the endpoint, and names the given ARNs only', async () => {
    const definition = rotationDefinition(arns);
    await withEndpoint({ definition }, async ({ api, stateMachineArn }) => {
      expect(await api.describeStateMachine({ stateMachineArn })).toMatchObject({ definition });
    });
    const { States: states } = JSON.parse(definition) as { States: Record<string, { Resource?: string }> };
    const resources = Object.values(states).flatMap(({ Resource }) => Resource ?? []);
    expect(Object.values(arns)).toEqual(expect.arrayContaining(resources));
    expect(resources).toContain(arnOf('setSecret'));
  });

  test('needs an ARN for every function that it calls', () => {
    expect(() => rotationDefinition({})).toThrow('No ARN for the function');
  });
});
