import { parseParameters } from '../../config/parameters.cjs';
import { withPackagedService, type PackageOptions } from '../../local/lambda/package-service';
import { CONTRADICTORY, MISSHAPEN, MISSING, SCHEDULED, SECRETS } from './bad-parameters';
import { APP, COMBINATIONS } from './combinations';
import { STAGE } from './package-combination';

describe.each([
  ['what is missing', MISSING],
  ['what is misshapen', MISSHAPEN],
  ['what contradicts itself', CONTRADICTORY],
])('parameters are refused for %s:', (_kind, refused) => {
  test.each(refused)('%s', (_case, parameters, name, found) => {
    let message = '';
    try {
      parseParameters(parameters);
    } catch (refusal) {
      message = (refusal as Error).message;
    }
    expect(message.startsWith(`${name}: expected `)).toBe(true);
    expect(message.split('\n')).toHaveLength(1);
    expect(message).toContain(found);
    expect(message).toMatch(/, for example \S/);
  });
});

test('an unknown name is refused with the nearest known one', () => {
  expect(() => parseParameters({ ...SECRETS, VPC_SUBNETS_ID: 'subnet-0a1b2c3d' })).toThrow(
    'VPC_SUBNETS_ID: expected a parameter\'s name, perhaps VPC_SUBNET_IDS, found "subnet-0a1b2c3d", for example VPC_SUBNET_IDS: subnet-',
  );
});

test.each(COMBINATIONS.map(({ name, parameters }) => [name, parameters] as const))(
  'nothing is refused in: %s',
  (_name, parameters) => {
    expect(() => parseParameters(parameters)).not.toThrow();
  },
);

// What a deployer sees, for one refusal of each place that parameters come from.
describe('packaging is refused', () => {
  test.each<[string, PackageOptions, string]>([
    [
      'for a wrong value in the file of parameters',
      { ...STAGE, parameters: { ...SECRETS, ...SCHEDULED, SCHEDULE: 'cron(0 3 * * *)' } },
      'SCHEDULE: expected rate(value unit), at(yyyy-mm-ddThh:mm:ss) or cron(minutes hours day-of-month month day-of-week year), found "cron(0 3 * * *)", for example cron(0 3 ? * SUN *)',
    ],
    [
      'for a wrong value in the environment, which overrides the file',
      { ...STAGE, parameters: SECRETS, environment: { ...STAGE.environment, DATABASE_PORT: 'mysql' } },
      'DATABASE_PORT: expected a whole number from 1 to 65535, found "mysql", for example 3306',
    ],
    [
      'for a file that is not there',
      { ...STAGE, environment: { ...STAGE.environment, PARAMETERS_FILE: 'prod.yml' } },
      'PARAMETERS_FILE: expected a file of parameters that exists, found "prod.yml", for example config/parameters.prod.yml',
    ],
    [
      'for secrets of another region',
      { stage: 'prod', environment: { AWS_REGION: 'eu-west-1' }, parameters: SECRETS },
      `APP_SECRET_ARNS: expected what is in the region eu-west-1, found "${APP}", for example --region eu-central-1`,
    ],
  ])('%s', async (_case, options, message) => {
    const packaging = withPackagedService(options, () => Promise.resolve());
    await expect(packaging).rejects.toThrow(message);
  });
});
