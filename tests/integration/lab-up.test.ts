import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { HistoryReport } from '../../local/lab/history/history-report';
import type { LabDocument } from '../../local/lab/up/lab-document';
import { Administrator } from '../support/database';
import { interrupt, isAlive, serverUrl, start, type Command, type Ended } from './command';
import { documentOf, isListening, startUp, until } from './lab-process';

const admin = new Administrator();
afterAll(() => admin.close());

describe('lab up', () => {
  let up: Command;
  let lab: LabDocument;
  let secrets: SecretsManager;
  let trail: CloudTrail;

  beforeAll(async () => {
    const retries = ['--rotation-retries', '3', '--rotation-retry-pause', '0'];
    up = startUp(retries, { environment: { ROTATION_MYSQL_URL: serverUrl() } });
    lab = await documentOf(up);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    secrets = new SecretsManager({ endpoint: lab.urls.secretsManager, region: lab.region, credentials });
    trail = new CloudTrail({ endpoint: lab.urls.cloudTrail, region: lab.region, credentials });
  });
  afterAll(async () => {
    secrets.destroy();
    trail.destroy();
    if (isAlive(up)) interrupt(up, 'SIGINT');
    await up.ended;
  });

  const run = (command: string, ...args: string[]): Promise<Ended> => {
    const url = command === 'rotate-secret' ? lab.urls.secretsManager : lab.urls.stepFunctions;
    return start('local/lab.ts', [command, '--endpoint-url', url, ...args]).ended;
  };
  const history = async (executionArn: string): Promise<HistoryReport> => {
    const { stdout, stderr } = await run('history', '--json', '--execution-arn', executionArn);
    expect(stderr).toBe('');
    return JSON.parse(stdout) as HistoryReport;
  };
  const value = async (secretId: string): Promise<Record<string, unknown>> => {
    const { SecretString = '' } = await secrets.getSecretValue({ SecretId: secretId });
    return JSON.parse(SecretString) as Record<string, unknown>;
  };
  const isCurrent = async (versionId: string): Promise<boolean> => {
    const { VersionIdsToStages = {} } = await secrets.describeSecret({ SecretId: 'app' });
    return VersionIdsToStages[versionId]?.includes('AWSCURRENT') ?? false;
  };
  /** Waits until the lab tells that an execution has ended so. @returns its ARN */
  const announced = async (status: string, arn: string): Promise<string> =>
    (await up.says(new RegExp(`${status}.* (${arn})\\n`)))[1] ?? '';

  it('says what there is, and no password', async () => {
    expect(lab.names).toMatchObject({ app: 'app', master: 'master' });
    expect(await value('app')).toMatchObject({
      username: lab.names.appUsers[0],
      masterarn: lab.arns.master,
    });
    const { password } = await value('master');
    expect(JSON.stringify(lab)).not.toContain(password);
  });

  it('rotates by an execution that is started as a schedule does', async () => {
    const { code, stdout } = await run('start-execution', '--secret-id', 'app');
    expect(code).toBe(0);
    const executionArn = await announced('SUCCEEDED', stdout.trim());
    expect(await value('app')).toMatchObject({ username: lab.names.appUsers[1] });

    const shown = await run('history'); // the latest
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(/SetSecret +[\d:.]{12} +\d+\.\d\d s +1\n/);
    expect(shown.stdout).toMatch(/\nSUCCEEDED after \d+\.\d\d s\n/);
    expect(shown.stdout).toContain(executionArn);
  });

  it('shows why a rotation failed, and goes on with it by redrive', async () => {
    const master = await value('master');
    const putMaster = (password: unknown): Promise<unknown> =>
      secrets.putSecretValue({ SecretId: 'master', SecretString: JSON.stringify({ ...master, password }) });
    const { username } = await value('app');
    await putMaster('wrong');
    const executionArn = (await run('start-execution', '--secret-id', 'app')).stdout.trim();
    await announced('FAILED', executionArn);

    const failed = await history(executionArn);
    expect(failed).toMatchObject({ status: 'FAILED', error: 'MasterCredentialRejectedError' });
    expect(failed.message).toMatch(/^no version of the master secret/);
    expect(failed.states.at(-1)).toMatchObject({ name: 'SetSecret', outcome: 'failed' });
    expect(failed.states.at(-1)?.attempts).toHaveLength(11);
    expect(await value('app')).toMatchObject({ username });

    await putMaster(master['password']);
    expect(await run('redrive', '--execution-arn', executionArn)).toMatchObject({ code: 0, stderr: '' });
    await announced('SUCCEEDED', executionArn);
    expect((await value('app'))['username']).not.toBe(username);
    const { stdout } = await run('history', '--execution-arn', executionArn);
    expect(stdout).toMatch(/attempt +2 .* MasterCredentialRejectedError\n/);
    expect(stdout).toMatch(/-- redrive 1 at .* --\nSetSecret /);
    const again = await run('redrive', '--execution-arn', executionArn);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(/^ExecutionNotRedrivable: /);
  });

  // From here on a schedule may not rotate it any more.
  it('rotates by rotate-secret, through kickoff', async () => {
    const { username } = await value('app');
    const kickoff = ['--rotation-lambda-arn', lab.arns.kickoff];
    const first = await run('rotate-secret', '--secret-id', 'app', ...kickoff);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    await up.says(new RegExp(`RotationSucceeded, version ${first.stdout.trim()}`));
    expect(await isCurrent(first.stdout.trim())).toBe(true);
    expect((await value('app'))['username']).not.toBe(username);

    const { VersionId: second = '' } = await secrets.rotateSecret({ SecretId: 'app' });
    await until(() => isCurrent(second));
    expect((await value('app'))['username']).toBe(username);
    const report = await history(await announced('SUCCEEDED', `arn:aws:states:\\S+${second}`));
    expect(report).toMatchObject({ status: 'SUCCEEDED', redriveCount: 0, error: null, message: null });
    expect(report.states.map(({ name }) => name)).toContain('FinishSecret');
    await up.says(new RegExp(`RotationSucceeded, version ${second}`));

    const refused = await run('start-execution', '--secret-id', 'app');
    const arn = await announced('FAILED', refused.stdout.trim());
    expect(await history(arn)).toMatchObject({ error: 'RotationOwnershipError' });
  });

  it('tells CloudTrail of rotations, and of the calls to Step Functions', async () => {
    const found = async (AttributeValue: string): Promise<string[]> => {
      const { Events = [] } = await trail.lookupEvents({
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue }],
      });
      return Events.map(({ CloudTrailEvent = '' }) => CloudTrailEvent);
    };
    const ofApp = expect.stringContaining(lab.arns.app) as unknown;
    expect(await found('RotationSucceeded')).toEqual([ofApp, ofApp]);
    expect(await found('StartExecution')).toContainEqual(expect.stringContaining(lab.arns.stateMachine));
    expect(await found('RedriveExecution')).not.toEqual([]);
  });

  it('tries a failed rotation again more often when it was told to', async () => {
    // Kickoff refuses it at once.
    await secrets.createSecret({ Name: 'no-credential', SecretString: '{}' });
    await secrets.rotateSecret({ SecretId: 'no-credential', RotationLambdaARN: lab.arns.kickoff });
    await up.says(/(RotationStarted[^]*?RotationFailed[^]*?){4}/);
  });

  it('leaves nothing on a server that is not its own when it is ended', async () => {
    const own = `lab\\_%${lab.names.database.slice(-6)}`;
    const leftovers = async (): Promise<unknown[]> => [
      ...(await admin.rows('SELECT User FROM mysql.user WHERE User LIKE ?', [own])),
      ...(await admin.rows('SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE ?', [
        own,
      ])),
    ];
    expect(await leftovers()).not.toEqual([]);
    interrupt(up, 'SIGINT');
    expect(await up.ended).toMatchObject({ code: 130 });
    expect(await leftovers()).toEqual([]);
    expect(await isListening(lab.urls.secretsManager)).toBe(false);
    expect(await isListening(lab.urls.stepFunctions)).toBe(false);
    expect(await isListening(lab.urls.cloudTrail)).toBe(false);
  });
});
