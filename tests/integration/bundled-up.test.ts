import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SFN } from '@aws-sdk/client-sfn';
import type { LabDocument } from '../../local/lab/up/lab-document';
import { Administrator } from '../support/database';
import { interrupt, isAlive, serverUrl, type Command } from './command';
import { documentOf, startUp } from './lab-process';
import { packagedFolder } from './packaged-folder';

const packaged = packagedFolder();
const admin = new Administrator();
afterAll(() => admin.close());

describe('lab up --bundled', () => {
  let folder: string;
  let up: Command;
  let lab: LabDocument;
  let secrets: SecretsManager;
  let states: SFN;
  let trail: CloudTrail;

  beforeAll(async () => {
    folder = await mkdtemp('/tmp/lab-');
    const environment = { ROTATION_MYSQL_URL: serverUrl(), TMPDIR: folder };
    up = startUp(['--bundled', packaged.path(), '--verbose'], { environment, alone: true });
    lab = await documentOf(up);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    secrets = new SecretsManager({ endpoint: lab.urls.secretsManager, region: lab.region, credentials });
    states = new SFN({ endpoint: lab.urls.stepFunctions, region: lab.region, credentials });
    trail = new CloudTrail({ endpoint: lab.urls.cloudTrail, region: lab.region, credentials });
  });
  afterAll(async () => {
    secrets.destroy();
    states.destroy();
    trail.destroy();
    if (isAlive(up)) interrupt(up, 'SIGINT');
    await up.ended;
    await rm(folder, { recursive: true, force: true });
  });

  const currentUser = async (): Promise<unknown> => {
    const { SecretString = '' } = await secrets.getSecretValue({ SecretId: 'app' });
    return (JSON.parse(SecretString) as Record<string, unknown>)['username'];
  };

  it('deploys functions and state machine by the names in the template', async () => {
    expect(lab).toMatchObject({
      bundled: true,
      arns: {
        kickoff: 'arn:aws:lambda:us-east-1:123456789012:function:stepwise-rotation-local-kickoff',
        stateMachine: 'arn:aws:states:us-east-1:123456789012:stateMachine:stepwise-rotation-local-rotation',
      },
    });
    const { definition = '', roleArn } = await states.describeStateMachine({
      stateMachineArn: lab.arns.stateMachine,
    });
    expect(roleArn).toBe('arn:aws:iam::123456789012:role/RotationStateMachineRole');
    const called = Object.values((JSON.parse(definition) as { States: object }).States).flatMap(
      (state: { Resource?: string }) => state.Resource ?? [],
    );
    expect(called).toEqual(
      ['preflight', 'createSecret', 'setSecret', 'testSecret', 'finishSecret'].map(
        (name) => `arn:aws:lambda:us-east-1:123456789012:function:stepwise-rotation-local-${name}`,
      ),
    );
  });

  it('rotates as a schedule does', async () => {
    const { executionArn = '' } = await states.startExecution({
      stateMachineArn: lab.arns.stateMachine,
      input: JSON.stringify({ secretId: 'app', owner: 'schedule' }),
    });
    await up.says(new RegExp(`SUCCEEDED, ${executionArn}`));
    expect(await currentUser()).toBe(lab.names.appUsers[1]);
  });

  it('rotates as Secrets Manager does, through the packaged kickoff', async () => {
    const { VersionId = '' } = await secrets.rotateSecret({
      SecretId: 'app',
      RotationLambdaARN: lab.arns.kickoff,
      RotationRules: { AutomaticallyAfterDays: 30 },
    });
    await up.says(new RegExp(`RotationSucceeded, version ${VersionId}`));
    expect(await currentUser()).toBe(lab.names.appUsers[0]);
    // The definition's functions did it, and kickoff started them.
    const { executions = [] } = await states.listExecutions({ stateMachineArn: lab.arns.stateMachine });
    expect(executions[0]).toMatchObject({
      status: 'SUCCEEDED',
      name: expect.stringContaining(VersionId) as unknown,
    });
    await up.says(new RegExp(`"step":"Kickoff".*"versionId":"${VersionId}"`));
  });

  it('tells CloudTrail of the rotation, and of the execution that the packaged kickoff asked for', async () => {
    const { Events = [] } = await trail.lookupEvents({});
    const names = Events.map(({ EventName }) => EventName).filter(
      (name) => !/^(Describe|List)/.test(name ?? ''),
    );
    expect(names).toEqual([
      'RotationSucceeded',
      'StartExecution',
      'RotationStarted',
      'StartExecution', // the schedule's
      'CreateStateMachine',
    ]);
  });

  it('refuses a rotation function that is not deployed', async () => {
    const RotationLambdaARN = lab.arns.kickoff.replace('kickoff', 'nobody');
    await expect(secrets.rotateSecret({ SecretId: 'app', RotationLambdaARN })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('leaves no bundle, and nothing on the server, when it is ended during a rotation', async () => {
    const lambdas = async () => (await readdir(folder)).filter((name) => name.startsWith('stepwise-lambda-'));
    expect(await lambdas()).toHaveLength(1);
    const { VersionId: token = '' } = await secrets.rotateSecret({ SecretId: 'app' });
    await up.says(new RegExp(`RUNNING, .*${token}`));
    interrupt(up, 'SIGINT');
    expect(await up.ended).toMatchObject({ code: 130 });
    expect(await lambdas()).toEqual([]);
    const { masterUser, appUsers } = lab.names;
    const users = [masterUser, ...appUsers];
    expect(await admin.rows('SELECT User FROM mysql.user WHERE User IN (?)', [users])).toEqual([]);
  });
});
