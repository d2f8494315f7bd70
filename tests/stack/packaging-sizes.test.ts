import { parseParameters } from '../../config/parameters.cjs';
import { Deployment } from './check/template/resolve';
import { manySecrets, MASTER, SECRETS_KEY, STACK_KEY } from './combinations';
import { packageTemplate } from './package-combination';
import { ofType } from './template-queries';

const MOST_SECRETS = 40;
const LARGEST = {
  MASTER_SECRET_ARN: MASTER,
  SECRETS_KMS_KEY_ARNS: [SECRETS_KEY],
  KMS_KEY_ARN: STACK_KEY,
  VPC_SUBNET_IDS: ['subnet-0a1b2c3d4e5f60001', 'subnet-0a1b2c3d4e5f60002'],
  VPC_SECURITY_GROUP_IDS: ['sg-0a1b2c3d4e5f60002'],
  SECRETS_MANAGER_ENDPOINT: 'none',
  APP_SECRET_ARNS: [] as string[],
};

/** As many secrets as are taken, with the longest names that are. */
function largest(): typeof LARGEST {
  for (let letters = 60; letters > 0; letters -= 1) {
    const parameters = { ...LARGEST, APP_SECRET_ARNS: manySecrets(MOST_SECRETS, 'a'.repeat(letters)) };
    try {
      parseParameters(parameters);
      return parameters;
    } catch {
      // one letter less
    }
  }
  throw new Error(`${MOST_SECRETS} secrets are not taken at all`);
}

describe('the largest deployment that is taken stays within the quota', () => {
  let deployment: Deployment;
  const sizesOf = (type: string, part: (properties: Record<string, unknown>) => unknown) =>
    ofType(deployment.template, type).map(([id, properties]): [string, number] => [
      id,
      JSON.stringify(deployment.resolve(part(properties)) ?? {}).length,
    ]);

  beforeAll(async () => {
    deployment = new Deployment(await packageTemplate(largest()));
  });

  // Lambda quotas: 4 KB. JSON adds quotes, so this is more than Lambda counts.
  test('of every environment', () => {
    const sizes = sizesOf('AWS::Lambda::Function', ({ Environment }) => Environment);
    expect(sizes).toHaveLength(8);
    expect(sizes.filter(([, size]) => size > 4_096)).toEqual([]);
    expect(Math.max(...sizes.map(([, size]) => size))).toBeGreaterThan(3_300);
  });

  // IAM quotas: 10,240 characters in all inline policies of a role, white space not counted.
  test("of every role's policies", () => {
    const documents = ({ Policies }: Record<string, unknown>) =>
      (deployment.resolve(Policies) as { PolicyDocument: unknown }[]).map(
        ({ PolicyDocument }) => PolicyDocument,
      );
    const sizes = sizesOf('AWS::IAM::Role', documents);
    expect(sizes.filter(([, size]) => size > 10_240)).toEqual([]);
    expect(Math.max(...sizes.map(([, size]) => size))).toBeGreaterThan(7_000);
  });

  // Lambda quotas: 20 KB. A permission becomes a statement like this (Lambda API reference, GetPolicy).
  test("of kickoff's own policy", () => {
    const statements = ofType(deployment.template, 'AWS::Lambda::Permission')
      .filter(([, { Principal }]) => Principal === 'secretsmanager.amazonaws.com')
      .map(([id, { SourceArn }]) => ({
        Sid: `stepwise-rotation-prod-${id}-${'A'.repeat(12)}`,
        Effect: 'Allow',
        Principal: { Service: 'secretsmanager.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: deployment.arnOf('KickoffLambdaFunction'),
        Condition: {
          StringEquals: { 'AWS:SourceAccount': '111122223333' },
          ArnLike: { 'AWS:SourceArn': SourceArn },
        },
      }));
    expect(statements).toHaveLength(MOST_SECRETS);
    expect(
      JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements }).length,
    ).toBeLessThan(20_480);
  });
});
