import { AwsError } from '../../local/aws/secrets-manager/errors';
import type { RotationReport } from '../../local/lab/rotation-report';
import { endSecretsManagerAfterAll, World } from '../support/world';
import { interrupt, start, type Command, type CommandOptions, type Ended } from './command';

endSecretsManagerAfterAll();

let world: World;
beforeEach(async () => {
  world = await World.make();
});
afterEach(() => world.close());

/** No credentials and no endpoint in the environment, as on a machine that has never seen AWS. */
const STRANGER = {
  AWS_ENDPOINT_URL_SECRETS_MANAGER: undefined,
  AWS_REGION: undefined,
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
};

function startRotate(args: string[] = [], options: CommandOptions = {}): Command {
  const all = ['rotate', '--secret-id', world.secretArn, '--endpoint-url', world.secrets.url, ...args];
  return start('local/lab.ts', all, { ...options, environment: { ...STRANGER, ...options.environment } });
}

const rotate = (...args: string[]): Promise<Ended> => startRotate(['--time-scale', '0', ...args]).ended;

async function rotateJson(...args: string[]): Promise<{ code: number | null; report: RotationReport }> {
  const { code, stdout, stderr } = await rotate('--json', ...args);
  expect(stderr).toBe('');
  return { code, report: JSON.parse(stdout) as RotationReport };
}

const sum = (counts: Record<string, number> | null): number =>
  Object.values(counts ?? {}).reduce((total, count) => total + count, 0);

describe('lab rotate --json', () => {
  it('prints one document about a rotation that succeeded', async () => {
    const { code, report } = await rotateJson();

    expect(code).toBe(0);
    expect(report).toEqual({
      status: 'SUCCEEDED',
      error: null,
      cause: null,
      states: expect.any(Array) as unknown,
      output: expect.objectContaining({
        currentUser: world.users[0],
        pendingUser: world.users[1],
      }) as unknown,
      executionArn: expect.stringMatching(/^arn:aws:states:/) as unknown,
      secretsManagerCalls: expect.objectContaining({ PutSecretValue: 1 }) as unknown,
      database: { connections: 2, statements: expect.any(Number) as unknown },
    });
    expect(report.states.map(({ name }) => name)).toEqual([
      'ChooseOperation',
      'CreateSecret',
      'IsAlreadyRotated',
      'IsMasterRotating',
      'SetSecret',
      'WaitForPasswordPropagation',
      'TestSecret',
      'FinishSecret',
      'RotationSucceeded',
    ]);
    for (const state of report.states) {
      expect(state).toEqual({
        name: state.name,
        startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown,
        durationMs: expect.any(Number) as unknown,
        attempts: 1,
      });
    }
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('counts what a rotation costs in a steady state', async () => {
    await world.rotate();
    await world.rotate();
    const { report } = await rotateJson();
    expect(report.status).toBe('SUCCEEDED');
    expect(sum(report.secretsManagerCalls)).toBeLessThanOrEqual(12);
    expect(report.database?.connections).toBe(2);
  });

  it('finishes what another run left pending, and changes nothing else', async () => {
    world.intercept(({ operation }) => {
      if (operation === 'UpdateSecretVersionStage') throw new AwsError('AccessDeniedException', 'not you');
    });
    const refused = await rotateJson();
    expect(refused).toMatchObject({ code: 1, report: { error: 'SecretAccessDeniedError', output: null } });
    const { AWSPENDING: pending } = await world.labels();
    const built = await world.admin.accountsOf(world.users[1]);

    world.intercept(() => undefined);
    const { code, report } = await rotateJson();

    expect(code).toBe(0);
    expect(report.output).toMatchObject({ versionId: pending, setSecret: { changed: false } });
    expect(await world.admin.accountsOf(world.users[1])).toEqual(built);
    expect(await world.labels()).toMatchObject({ AWSCURRENT: pending });
  });

  it('tells why a rotation failed, and exits with 1', async () => {
    const { code, report } = await rotateJson('--secret-id', 'nobody');
    expect(code).toBe(1);
    expect(report).toMatchObject({ status: 'FAILED', error: 'SecretNotFoundError', output: null });
    expect(report.cause).toMatch(/nobody/);
    expect(report.states).toMatchObject([{ name: 'ChooseOperation' }, { name: 'CreateSecret', attempts: 1 }]);
  });

  it('keeps the log of the steps out of the document', async () => {
    const { code, stdout, stderr } = await rotate('--json', '--verbose');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'SUCCEEDED' });
    expect(stderr).toMatch(/the standby user was set/);
  });

  it('runs the packaged bundles, whose calls nobody counts', async () => {
    const { code, report } = await rotateJson('--bundled');
    expect(code).toBe(0);
    expect(report).toMatchObject({ status: 'SUCCEEDED', secretsManagerCalls: null, database: null });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('ends as ABORTED on Ctrl-C, when the step at work has ended', async () => {
    const command = startRotate(['--json'], { alone: true });
    world.intercept(({ operation, request }) => {
      const isSetSecret = (request as { VersionStage?: string }).VersionStage === 'AWSPENDING';
      if (operation === 'GetSecretValue' && isSetSecret) interrupt(command, 'SIGINT');
    });
    const { code, stdout } = await command.ended;
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'ABORTED', error: null, output: null });
    expect(await world.secret()).toMatchObject({ username: world.users[0] });
  });
});

describe('lab rotate', () => {
  it('shows states, times and attempts, then how it ended', async () => {
    const { code, stdout } = await rotate();
    expect(code).toBe(0);
    expect(stdout).toMatch(/SetSecret +\d+\.\d\d s +1\n/);
    expect(stdout).toMatch(new RegExp(`SUCCEEDED +${world.users[0]} → ${world.users[1]}, version `));
  });

  it('shows the error of a rotation that failed', async () => {
    const { code, stdout } = await rotate('--secret-id', 'nobody');
    expect(code).toBe(1);
    expect(stdout).toMatch(/FAILED\nSecretNotFoundError: .*nobody/);
  });
});
