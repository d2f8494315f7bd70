import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseParameters } from '../../config/parameters.cjs';
import { readParameters } from '../../config/read-parameters.cjs';
import { warningsAbout } from '../../config/warnings.cjs';
import { SECRETS } from './bad-parameters';
import { APP, BOUNDARY, LAYER, MASTER, REPORTS, SECRETS_KEY, STACK_KEY } from './combinations';

const partOf = (arn: string) => arn.replace(/-\w{6}$/, '');

describe('an ARN that IAM would never match is refused by its parameter:', () => {
  test.each([
    ['a secret without its six characters', 'APP_SECRET_ARNS', partOf(APP)],
    ["a master's secret without its six characters", 'MASTER_SECRET_ARN', partOf(MASTER)],
    ['the second of two masters without them', 'MASTER_SECRET_ARN', `${MASTER},${partOf(REPORTS)}`],
    ['five characters', 'APP_SECRET_ARNS', APP.slice(0, -1)],
    ['a pattern in place of the six characters', 'APP_SECRET_ARNS', `${partOf(APP)}-??????`],
    ['a pattern of names', 'APP_SECRET_ARNS', `${partOf(APP)}*`],
    ['capitals in its first fields', 'MASTER_SECRET_ARN', MASTER.replace('arn:aws:', 'ARN:AWS:')],
    ['capitals in its region', 'MASTER_SECRET_ARN', MASTER.replace('eu-central-1', 'EU-CENTRAL-1')],
    ['an availability zone', 'MASTER_SECRET_ARN', MASTER.replace('eu-central-1', 'eu-central-1a')],
    ['a blank within', 'APP_SECRET_ARNS', APP.replace('shop/app', 'shop app')],
    ['a JSON key behind it', 'APP_SECRET_ARNS', `${APP}:password::`],
    ['another service', 'MASTER_SECRET_ARN', MASTER.replace('secretsmanager', 'ssm')],
    ["a key's alias", 'SECRETS_KMS_KEY_ARNS', SECRETS_KEY.replace(/key\/.*/, 'alias/secrets')],
    ["a key's id alone", 'SECRETS_KMS_KEY_ARNS', SECRETS_KEY.replace(/.*key\//, '')],
    ["the stack key's alias", 'KMS_KEY_ARN', STACK_KEY.replace(/key\/.*/, 'alias/aws/sns')],
    ['a layer without its version', 'DB_CA_BUNDLE_LAYER_ARN', LAYER.replace(/:1$/, '')],
    ['a role in place of a boundary', 'PERMISSIONS_BOUNDARY_ARN', BOUNDARY.replace('policy', 'role')],
    ['a boundary with a blank', 'PERMISSIONS_BOUNDARY_ARN', `${BOUNDARY} x`],
    ['a security group of ten digits', 'VPC_SECURITY_GROUP_IDS', 'sg-0a1b2c3d4e'],
    ['a subnet with a digit lost', 'VPC_SUBNET_IDS', 'subnet-0a1b2c3d4e5f6000'],
  ])('%s', (_case, name, value) => {
    expect(() => parseParameters({ ...SECRETS, [name]: value })).toThrow(
      new RegExp(`^${name}: expected .*, found ".+", for example `),
    );
  });
});

test.each([
  ['APP_SECRET_ARNS', { APP_SECRET_ARNS: partOf(APP) }],
  ['MASTER_SECRET_ARN', { MASTER_SECRET_ARN: partOf(MASTER) }],
])('the refusal of a part of an ARN in %s says what is missing', (_name, parameters) => {
  expect(() => parseParameters({ ...SECRETS, ...parameters })).toThrow(
    'with the dash and six characters at its end',
  );
});

test('the refusal of a part of an ARN in SCHEDULES gives the whole one', () => {
  const SCHEDULES = [{ name: 'weekly', secrets: [partOf(REPORTS)], expression: 'rate(7 days)' }];
  expect(() => parseParameters({ ...SECRETS, ROTATION_OWNER: 'schedule', SCHEDULES })).toThrow(
    `SCHEDULES: expected secrets that APP_SECRET_ARNS names, with the dash and six characters at the end, found "${partOf(REPORTS)}", for example ${REPORTS}`,
  );
});

describe('an ARN of another partition than the region is in', () => {
  const inChina = (arn: string) => arn.replace('eu-central-1', 'cn-north-1');
  const withEnvironment = (settings: Record<string, string>, region: string): (() => void) => {
    const before = Object.keys(settings).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, settings);
    try {
      readParameters('prod', region);
      return () => undefined;
    } catch (error) {
      return () => {
        throw error;
      };
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
  };
  const chinese = { APP_SECRET_ARNS: inChina(APP), MASTER_SECRET_ARN: inChina(MASTER) };

  test('is refused for secrets, with the right one', () => {
    expect(withEnvironment(chinese, 'cn-north-1')).toThrow(
      `APP_SECRET_ARNS: expected an ARN of the partition aws-cn, found "${inChina(APP)}", for example arn:aws-cn:secretsmanager:`,
    );
  });

  test('is refused for a permissions boundary', () => {
    const secrets = { APP_SECRET_ARNS: APP, MASTER_SECRET_ARN: MASTER };
    const PERMISSIONS_BOUNDARY_ARN = BOUNDARY.replace('arn:aws:', 'arn:aws-us-gov:');
    expect(withEnvironment({ ...secrets, PERMISSIONS_BOUNDARY_ARN }, 'eu-central-1')).toThrow(
      /^PERMISSIONS_BOUNDARY_ARN: expected an ARN of the partition aws, /,
    );
  });

  test('is accepted where it belongs', () => {
    const settings = Object.fromEntries(
      Object.entries(chinese).map(([name, arn]) => [name, arn.replace('arn:aws:', 'arn:aws-cn:')]),
    );
    expect(withEnvironment(settings, 'cn-north-1')).not.toThrow();
  });
});

describe('packaging warns, and goes on, about', () => {
  const nameLike = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop-master';
  const warningsFor = (given: object) => warningsAbout(parseParameters({ ...SECRETS, ...given }));

  test.each([
    ['MASTER_SECRET_ARN', { MASTER_SECRET_ARN: nameLike }, 'ends in "-master"'],
    ['APP_SECRET_ARNS', { APP_SECRET_ARNS: nameLike.replace('master', 'writer') }, 'ends in "-writer"'],
    ['APP_SECRET_ARNS', { APP_SECRET_ARNS: nameLike.replace('master', '202611') }, 'ends in "-202611"'],
    [
      'MASTER_SECRET_ARN',
      { MASTER_SECRET_ARN: MASTER.replace('111122223333', '444455556666') },
      'is in another account',
    ],
    [
      'PERMISSIONS_BOUNDARY_ARN',
      { PERMISSIONS_BOUNDARY_ARN: BOUNDARY.replace('111122223333', '444455556666') },
      'is in another account',
    ],
  ])('%s: %j', (name, given, saying) => {
    const [warning, ...others] = warningsFor(given);
    expect(others).toEqual([]);
    expect(warning).toMatch(new RegExp(`^${name}: "arn:`));
    expect(warning).toContain(saying);
  });

  test('nothing in ARNs that look as Secrets Manager makes them', () => {
    expect(warningsFor({ PERMISSIONS_BOUNDARY_ARN: 'arn:aws:iam::aws:policy/PowerUserAccess' })).toEqual([]);
    expect(warningsFor({ APP_SECRET_ARNS: `${nameLike}-AbCdEf,${nameLike}-abcde1` })).toEqual([]);
  });

  test('what it found, on the standard error of the framework', async () => {
    const script = `
      const answers = { 'sls:stage': 'prod', 'self:provider.region': 'eu-central-1' };
      require('./config/deployment.cjs')({ resolveVariable: async (name) => answers[name] ?? name });`;
    const { stderr } = await promisify(execFile)(process.execPath, ['-e', script], {
      cwd: join(__dirname, '../..'),
      env: { APP_SECRET_ARNS: APP, MASTER_SECRET_ARN: nameLike },
    });
    expect(stderr).toMatch(/^Warning: MASTER_SECRET_ARN: "arn:.*shop-master" ends in "-master"/);
  });
});
