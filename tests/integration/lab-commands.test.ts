import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { HistoryReport } from '../../local/lab/history/history-report';
import { findFreePort } from '../../local/database/free-port';
import { failWith, steps, withEndpoint, type Endpoint } from '../contract/step-functions/endpoint';
import { start, type Ended } from './command';

/** A machine on which AWS was never set up. */
const STRANGER = {
  AWS_ENDPOINT_URL: undefined,
  AWS_ENDPOINT_URL_SFN: undefined,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: undefined,
  AWS_REGION: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_PROFILE: undefined,
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  STATE_MACHINE_ARN: undefined,
};
const ARN = 'arn:aws:states:eu-central-1:123456789012:execution:rotation:one';

const lab = (args: string[], environment: Record<string, string | undefined> = {}): Promise<Ended> =>
  start('local/lab.ts', args, { environment: { ...STRANGER, ...environment } }).ended;

const show = (endpoint: Endpoint, executionArn: string, ...args: string[]): Promise<Ended> =>
  lab(['history', '--endpoint-url', endpoint.server.url, '--execution-arn', executionArn, ...args]);

async function read(endpoint: Endpoint, executionArn: string): Promise<HistoryReport> {
  return JSON.parse((await show(endpoint, executionArn, '--json')).stdout) as HistoryReport;
}

describe('lab history', () => {
  it('tells failed attempts apart from the one that succeeded', async () => {
    const setSecret = jest
      .fn()
      .mockImplementationOnce(failWith('DatabaseBusyError'))
      .mockImplementationOnce(failWith('DatabaseBusyError'))
      .mockResolvedValue({});
    await withEndpoint({ steps: steps({ setSecret }) }, async (endpoint) => {
      const executionArn = await endpoint.finished();
      const { states, status } = await read(endpoint, executionArn);
      expect(status).toBe('SUCCEEDED');
      const failed = { error: 'DatabaseBusyError', message: 'why DatabaseBusyError' };
      expect(states.find(({ name }) => name === 'SetSecret')).toMatchObject({
        outcome: 'succeeded',
        attempts: [failed, failed, { error: null, message: null }],
      });

      const { stdout } = await show(endpoint, executionArn);
      expect(stdout).toMatch(/\n {2}attempt +1 .* DatabaseBusyError: why DatabaseBusyError\n/);
      expect(stdout).toMatch(/\n {2}attempt +2 .* DatabaseBusyError\nWaitForPassword /);
    });
  });

  it('tells an error that the definition caught', async () => {
    const testSecret = jest
      .fn()
      .mockImplementationOnce(failWith('SetAgainRequiredError'))
      .mockResolvedValue({});
    await withEndpoint({ steps: steps({ testSecret }) }, async (endpoint) => {
      const { states } = await read(endpoint, await endpoint.finished());
      const visits = states.map(({ name, outcome }) => `${name} ${outcome}`);
      expect(visits).toEqual([
        'CreateSecret succeeded',
        'IsAlreadyRotated succeeded',
        'SetSecret succeeded',
        'WaitForPassword succeeded',
        'TestSecret caught',
        'SetSecret succeeded',
        'WaitForPassword succeeded',
        'TestSecret succeeded',
        'FinishSecret succeeded',
        'RotationSucceeded succeeded',
      ]);
    });
  });

  it('begins the state anew that a redrive goes on with', async () => {
    const finishSecret = jest.fn().mockImplementationOnce(failWith('FenceError')).mockResolvedValue({});
    await withEndpoint({ steps: steps({ finishSecret }) }, async (endpoint) => {
      const executionArn = await endpoint.finished();
      const failed = await show(endpoint, executionArn);
      expect(failed.code).toBe(0); // it was read
      expect(failed.stdout).toMatch(/\nFAILED after .*\nFenceError: why FenceError\nmend the cause, /);

      await endpoint.redriven(executionArn);
      const { states, redriveCount } = await read(endpoint, executionArn);
      expect(redriveCount).toBe(1);
      expect(states.slice(-3)).toMatchObject([
        { name: 'FinishSecret', redrive: 0, outcome: 'failed', attempts: [{ error: 'FenceError' }] },
        { name: 'FinishSecret', redrive: 1, outcome: 'succeeded', attempts: [{ error: null }] },
        { name: 'RotationSucceeded', redrive: 1, outcome: 'succeeded' },
      ]);
    });
  });

  it('reads a history of any length', async () => {
    const setSecret = jest.fn(failWith('MasterCredentialRejectedError'));
    await withEndpoint({ steps: steps({ setSecret }) }, async (endpoint) => {
      const executionArn = await endpoint.finished();
      for (let redrive = 0; redrive < 35; redrive += 1) await endpoint.redriven(executionArn);
      const { states } = await read(endpoint, executionArn); // 36 times 11 attempts of three events
      expect(states.filter(({ name }) => name === 'SetSecret')).toHaveLength(36);
      expect(states.flatMap(({ attempts }) => attempts)).toHaveLength(36 * 11 + 1);
    });
  });

  it('shows the state that is under way', async () => {
    await withEndpoint({ timeScale: 1 }, async (endpoint) => {
      const { executionArn = '' } = await endpoint.api.startExecution({
        stateMachineArn: endpoint.stateMachineArn,
      });
      const { stdout } = await show(endpoint, executionArn);
      expect(stdout).toMatch(/WaitForPassword +[\d:.]+ +running\n\nRUNNING\n/);
    });
  });

  it('exits with 1 when there is no such execution', async () => {
    await withEndpoint({}, async (endpoint) => {
      const { code, stdout, stderr } = await show(endpoint, ARN.replace('eu-central-1', 'us-east-1'));
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^ExecutionDoesNotExist: /);
    });
  });
});

describe('lab up', () => {
  it('refuses a port that is taken, before it starts anything', async () => {
    await withEndpoint({}, async ({ server }) => {
      const { port } = new URL(server.url);
      const why = 'is in use, perhaps by another lab: choose another port with --secrets-manager-port';
      const stderr = `127.0.0.1:${port} ${why}\n`;
      expect(await lab(['up', '--secrets-manager-port', port])).toEqual({ code: 1, stdout: '', stderr });
    });
  });
});

describe('the commands that call a service', () => {
  it('say that nobody listens', async () => {
    const url = `http://127.0.0.1:${await findFreePort()}`;
    const { code, stderr } = await lab(['rotate-secret', '--secret-id', 'app', '--endpoint-url', url]);
    expect(code).toBe(1);
    expect(stderr).toMatch(`nobody listens at ${url}: start "npm run -s lab -- up", or name the service`);
  });

  it("call an execution's own Region with the caller's own credentials, where the SDK's settings say", async () => {
    let authorization = '';
    const server = createServer((request, response) => {
      authorization = request.headers.authorization ?? '';
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: 'ExecutionDoesNotExist', message: 'none' }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { code } = await lab(['redrive', '--aws', '--execution-arn', ARN], {
        AWS_ENDPOINT_URL_SFN: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        AWS_ACCESS_KEY_ID: 'AKIAMINE',
        AWS_SECRET_ACCESS_KEY: 'mine',
      });
      expect(code).toBe(1);
      expect(authorization).toMatch(/Credential=AKIAMINE\/\d{8}\/eu-central-1\/states\//);
    } finally {
      server.close();
    }
  });

  it.each([
    { args: ['rotate-secret'], named: /--secret-id/ },
    { args: ['start-execution'], named: /--secret-id/ },
    {
      args: ['start-execution', '--secret-id', 'app', '--operation', 'undo'],
      named: /--operation.*preflight/,
    },
    { args: ['start-execution', '--secret-id', 'app', '--owner', 'secrets-manager'], named: /rotate-secret/ },
    { args: ['start-execution', '--secret-id', 'app', '--aws'], named: /give --state-machine-arn/ },
    { args: ['redrive'], named: /--execution-arn/ },
    { args: ['redrive', '--execution-arn', 'one'], named: /--execution-arn.*Expected arn:aws:states/ },
    { args: ['redrive', '--execution-arn', ARN, '--aws'], named: /no credentials/ },
    { args: ['history', '--aws'], named: /give --state-machine-arn/ },
    { args: ['history', '--endpoint-url', 'http://127.0.0.1:1', '--aws'], named: /--aws.*--endpoint-url/ },
    { args: ['rotate-secret', '--secret-id', 'app', '--aws'], named: /no Region/ },
  ])('exit with 2 after wrong use: $args', async ({ args, named }) => {
    const { code, stdout, stderr } = await lab(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(named);
  });
});
