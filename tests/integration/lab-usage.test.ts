import { applyAwsSettings } from '../../local/lab/aws-settings';
import { start } from './command';

/** A machine on which AWS was never set up. */
const NOWHERE = {
  AWS_REGION: 'eu-west-1',
  AWS_DEFAULT_REGION: undefined,
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_PROFILE: undefined,
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
};

describe('wrong use of lab', () => {
  it.each([
    { args: [], named: /Usage: lab/ },
    { args: ['rotat'], named: /rotat/ },
    { args: ['rotate'], named: /--secret-id/ },
    { args: ['rotate', '--secret-id', 'x', '--time-scale', '1.5'], named: /--time-scale.*0 to 1/ },
    { args: ['rotate', '--secret-id', 'x', '--time-scale', 'fast'], named: /--time-scale.*0 to 1/ },
    { args: ['rotate', '--secret-id', 'x', '--endpoint-url', 'here'], named: /--endpoint-url.*URL/ },
    { args: ['rotate', '--secret-id', 'x', '--wait', '1'], named: /--wait/ },
    { args: ['up', '--time-scale', '2'], named: /--time-scale.*0 to 1/ },
    { args: ['up', '--step-functions-port', '65536'], named: /--step-functions-port.*0 to 65535/ },
    {
      args: ['up', '--secrets-manager-port', '5000', '--step-functions-port', '5000'],
      named: /are equal/,
    },
    {
      args: ['up', '--cloudtrail-port', '4584'],
      named: /--secrets-manager-port and --cloudtrail-port are equal/,
    },
    { args: ['up', '--rotation-retries', '-1'], named: /--rotation-retries.*0 to 1000/ },
    { args: ['up', '--rotation-retry-pause', 'long'], named: /--rotation-retry-pause.*seconds from 0/ },
  ])('$args exits with 2 and says why', async ({ args, named }) => {
    const { code, stdout, stderr } = await start('local/lab.ts', args).ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(named);
  });

  it.each([
    { environment: { DB_PASSWORD_PROPAGATION_WAIT: 'five' }, named: /DB_PASSWORD_PROPAGATION_WAIT/ },
    { environment: { ...NOWHERE, AWS_REGION: undefined }, named: /no Region: give --region/ },
    { environment: NOWHERE, named: /no credentials/ },
  ])('includes settings with which nothing can run: $named', async ({ environment, named }) => {
    const { code, stderr } = await start('local/lab.ts', ['rotate', '--secret-id', 'x'], { environment })
      .ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(named);
  });
});

describe('made-up credentials', () => {
  const settled = (endpointUrl: string, env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => {
    applyAwsSettings({ endpointUrl }, env);
    return env;
  };

  it('are for an endpoint on this machine', () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
      expect(settled(`http://${host}:5000`)).toMatchObject({
        AWS_ACCESS_KEY_ID: 'test',
        AWS_REGION: 'us-east-1',
      });
    }
  });

  it('are for nobody else, and never replace real ones', () => {
    const elsewhere = 'https://127.example.com';
    expect(settled(elsewhere)).toEqual({ AWS_ENDPOINT_URL_SECRETS_MANAGER: elsewhere });
    expect(settled('http://127.0.0.1:5000', { AWS_PROFILE: 'mine' })).not.toHaveProperty('AWS_ACCESS_KEY_ID');
  });
});
