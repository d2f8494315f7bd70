import { randomUUID } from 'node:crypto';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { CREDENTIALS, MACHINE_ARN } from '../../local/aws/cloud';
import type { EvidenceSource } from '../../verify/evidence';
import type { Outcome } from '../../verify/run-experiment';
import { outcomeOf, resultOf, verifyLab } from './verify-aws-lab';

const ALL = [
  'deployment',
  'schedule',
  'redrive-in-wait',
  'redrive-count',
  'promotion',
  'early-promotion',
  'blocking',
  'late-redrive',
  'retries',
];

const lab = verifyLab();

/** An execution as EventBridge Scheduler starts it, and what CloudTrail then tells of the call. */
async function deliverAsScheduler(): Promise<void> {
  const name = randomUUID();
  const scheduledTime = new Date().toISOString();
  const input = JSON.stringify({ secretId: lab.world.secretArn, owner: 'schedule', scheduledTime });
  const { url } = lab.cloud.stepFunctions;
  const client = new SFNClient({ endpoint: url, region: 'us-east-1', credentials: CREDENTIALS });
  await client.send(new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, name, input }));
  client.destroy();
  lab.cloud.cloudTrail.tellCall({
    operation: 'StartExecution',
    request: { stateMachineArn: MACHINE_ARN, name, input },
    invokedBy: 'scheduler.amazonaws.com',
  });
  await lab.cloud.settled();
}

const factsOf = ({ evidence }: Outcome, source: EvidenceSource): string =>
  evidence.flatMap((entry) => (entry.source === source ? [entry.what] : [])).join('\n');

describe('verify:aws', () => {
  it('answers every question with evidence, says whom it asked, and restores the secret', async () => {
    await deliverAsScheduler();

    const command = lab.verify();
    const { code, document } = await resultOf(command);

    expect(document.experiments.map(({ id, answer }) => [id, answer])).toEqual(ALL.map((id) => [id, 'yes']));
    expect(code).toBe(0);
    expect(document.experiments.flatMap(({ notRestored }) => notRestored)).toEqual([]);
    expect(document.endpoint).toBe(lab.cloud.secretsManager.url);
    expect(document.endpoints).toEqual({
      secretsManager: lab.cloud.secretsManager.url,
      stepFunctions: lab.cloud.stepFunctions.url,
      cloudTrail: lab.cloud.cloudTrail.url,
    });

    const promotion = outcomeOf(document, 'promotion');
    expect(factsOf(promotion, 'Secrets Manager')).toMatch(
      /RotateSecret .*version (\S+)[\s\S]*AWSPENDING \1[\s\S]*AWSCURRENT \1.*LastRotatedDate 20/,
    );
    expect(factsOf(promotion, 'Step Functions')).toMatch(/TaskStateExited FinishSecret\nExecutionSucceeded/);
    expect(factsOf(promotion, 'CloudTrail')).toMatch(/RotationStarted[\s\S]*RotationSucceeded/);
    const early = outcomeOf(document, 'early-promotion');
    expect(factsOf(early, 'CloudTrail')).toMatch(/RotationFailed[\s\S]*RotationSucceeded/);
    expect(factsOf(outcomeOf(document, 'redrive-in-wait'), 'Step Functions')).toMatch(
      /WaitStateEntered \S+\nStopExecution \S+\nExecutionAborted\nRedriveExecution \S+\nExecutionRedriven\nWaitStateEntered/,
    );
    expect(outcomeOf(document, 'retries').why).toMatch(/RotationFailed [2-9] times, pauses \d/);
    // An execution in a list has no number of its own.
    const withoutId = document.experiments
      .flatMap(({ evidence }) => evidence)
      .filter(({ source, requestId, eventId }) => {
        if (source === 'Step Functions') return requestId === undefined && eventId === undefined;
        return (source === 'CloudTrail' ? eventId : requestId) === undefined;
      });
    expect(withoutId.map(({ what }) => what)).toEqual([
      expect.stringContaining('has scheduledTime') as string,
    ]);

    const secret = await lab.describeSecret();
    expect(secret.RotationEnabled).toBe(false);
    expect(Object.values(secret.VersionIdsToStages ?? {}).flat()).toEqual(['AWSPREVIOUS', 'AWSCURRENT']);
    expect(await lab.world.currentSecretWorks()).toBe(true);
    const { stdout, stderr } = await command.ended;
    const { password } = await lab.world.secret();
    for (const value of [password, lab.world.firstPassword, lab.world.master.password]) {
      expect(stdout + stderr).not.toContain(value);
    }
  });
});
