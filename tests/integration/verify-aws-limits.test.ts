import { randomUUID } from 'node:crypto';
import { KICKOFF_ARN } from '../../local/aws/cloud';
import { interrupt } from './command';
import { outcomeOf, resultOf, verifyLab } from './verify-aws-lab';

const lab = verifyLab();

describe('verify:aws', () => {
  it('leaves a question unanswered that this deployment cannot settle, and says with what to deploy', async () => {
    const { code, document } = await resultOf(
      lab.verify('--only', 'blocking', 'schedule', '--blocking', '300'),
    );

    expect(code).toBe(1);
    expect(outcomeOf(document, 'blocking')).toMatchObject({
      answer: 'not answered',
      why: 'the deployed execution waits 1 s: deploy with DB_PASSWORD_PROPAGATION_WAIT=300 and KICKOFF_WAIT=600',
    });
    expect(outcomeOf(document, 'schedule')).toMatchObject({
      answer: 'not answered',
      why: expect.stringContaining('no execution has a scheduledTime') as string,
    });
  });

  it('does not begin while a rotation is under way, or was left behind', async () => {
    lab.world.secrets.seed.version(lab.world.secretArn, { versionId: randomUUID(), stages: ['AWSPENDING'] });
    const { code, stdout, stderr } = await lab.verify('--only', 'deployment').ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/AWSPENDING is on \S+, so a rotation is under way or was left behind/);
  });

  it('asks nothing that changes the secret when the preflight fails', async () => {
    lab.world.setEnvironment({ MASTER_SECRET_ARN: `${lab.world.masterArn.slice(0, -6)}Other1` });
    const before = await lab.describeSecret();

    const { code, document } = await resultOf(lab.verify('--only', 'deployment', 'promotion'));

    expect(code).toBe(1);
    expect(document.experiments.map(({ answer, why }) => [answer, why])).toEqual([
      ['no', expect.stringContaining('MasterMismatchError')],
      ['not answered', 'the preflight failed: mend that first'],
    ]);
    expect((await lab.describeSecret()).VersionIdsToStages).toEqual(before.VersionIdsToStages);
  });

  it('says no, and that it is against the design, when Secrets Manager does not wait for a long rotation', async () => {
    lab.world.setEnvironment({ KICKOFF_WAIT: '0' });
    const failed = new Promise<void>((resolve) => {
      lab.onEvent = ({ name }) => {
        if (name === 'RotationFailed') resolve();
      };
    });
    lab.world.intercept(({ operation, request }) => {
      const isMaster = (request as { SecretId?: string }).SecretId === lab.world.masterArn;
      return operation === 'GetSecretValue' && isMaster ? failed : undefined;
    });

    const { code, document } = await resultOf(lab.verify('--only', 'blocking'));

    expect(code).toBe(1);
    const [outcome, ...others] = document.experiments;
    expect(others).toEqual([]);
    expect(outcome).toMatchObject({ id: 'blocking', answer: 'no', contradictsDesign: true, notRestored: [] });
    expect(outcome?.why).toMatch(/RotationFailed \d+ times with an execution of [\d.]+ s/);
  });

  it('restores the rotation of Secrets Manager and takes AWSPENDING off, also after Ctrl-C', async () => {
    const rules = { AutomaticallyAfterDays: 7 };
    lab.world.secrets.seed.facts(lab.world.secretArn, {
      rotation: { enabled: true, lambdaArn: KICKOFF_ARN, rules },
    });

    const command = lab.verify('--only', 'late-redrive', 'retries', '--late-after', '60');
    await command.says(/late-redrive: Does[\s\S]*ExecutionAborted/);
    interrupt(command, 'SIGINT');
    const { code, document } = await resultOf(command);

    expect(code).toBe(130);
    expect(document.experiments.map(({ id, answer, why }) => [id, answer, why])).toEqual([
      ['late-redrive', 'not answered', 'interrupted'],
      ['retries', 'not answered', 'interrupted'],
    ]);
    expect(document.experiments.flatMap(({ notRestored }) => notRestored)).toEqual([]);
    const after = await lab.describeSecret();
    expect(after).toMatchObject({
      RotationEnabled: true,
      RotationLambdaARN: KICKOFF_ARN,
      RotationRules: rules,
    });
    expect(Object.values(after.VersionIdsToStages ?? {}).flat()).not.toContain('AWSPENDING');
    expect(await lab.world.currentSecretWorks()).toBe(true);
  });
});
