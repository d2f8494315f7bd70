import { AwsError } from '../../local/aws/secrets-manager/errors';
import type { RotationReport } from '../../local/lab/rotation-report';
import { endSecretsManagerAfterAll, World } from '../support/world';
import { interrupt, start, type Command, type CommandOptions } from './command';
import { packagedFolder } from './packaged-folder';

const UNKNOWN = 'arn:aws:lambda:us-east-1:123456789012:function:nobody';

endSecretsManagerAfterAll();
const packaged = packagedFolder();

let world: World;
beforeEach(async () => {
  world = await World.make();
});
afterEach(() => world.close());

function startRotate(folder: string, options: CommandOptions = {}, ...args: string[]): Command {
  const secret = ['--secret-id', world.secretArn, '--endpoint-url', world.secrets.url];
  const how = ['--json', '--time-scale', '0', '--bundled', folder, ...args];
  return start('local/lab.ts', ['rotate', ...secret, ...how], options);
}

async function rotate(folder: string): Promise<{ code: number | null; report: RotationReport }> {
  const { code, stdout, stderr } = await startRotate(folder).ended;
  expect(stderr).toBe('');
  return { code, report: JSON.parse(stdout) as RotationReport };
}

describe('lab rotate --bundled', () => {
  it('rotates with the functions and the definition of the packaged template', async () => {
    const { code, report } = await rotate(packaged.path());
    expect(code).toBe(0);
    expect(report).toMatchObject({ status: 'SUCCEEDED', output: { pendingUser: world.users[1] } });
    expect(report.executionArn).toMatch(
      /^arn:aws:states:us-east-1:123456789012:execution:stepwise-rotation-local-rotation:/,
    );
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('follows the template and not the source of the definition', async () => {
    const template = (text: string) => text.replaceAll('WaitForPasswordPropagation', 'WaitForTheTemplate');
    await packaged.withCopy({ template }, async (folder) => {
      const { report } = await rotate(folder);
      expect(report.status).toBe('SUCCEEDED');
      expect(report.states.map(({ name }) => name)).toContain('WaitForTheTemplate');
    });
  });

  it('fails as Lambda would when a Task names a function that is not deployed', async () => {
    // In the template the definition is JSON inside of JSON.
    const template = (text: string) =>
      text.replace(/(CreateSecret\\": \{.*?Resource\\": \\")[^"\\]+/s, `$1${UNKNOWN}`);
    await packaged.withCopy({ template }, async (folder) => {
      const { code, report } = await rotate(folder);
      expect(code).toBe(1);
      expect(report).toMatchObject({
        status: 'FAILED',
        error: 'Lambda.ResourceNotFoundException',
        cause: `Function not found: ${UNKNOWN}`,
      });
      expect(await world.secret()).toMatchObject({ username: world.users[0] });
    });
  });

  it.each([
    { gone: 'setSecret.zip', why: /setSecret\.zip is missing: the template names it/ },
    { gone: 'cloudformation-template-update-stack.json', why: /holds no packaged service .*npm run package/ },
  ])('says that $gone is missing, and rotates nothing', async ({ gone, why }) => {
    await packaged.withCopy({ without: gone }, async (folder) => {
      const { code, stdout, stderr } = await startRotate(folder).ended;
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(why);
      expect(await world.labels()).not.toHaveProperty('AWSPENDING');
    });
  });

  it('says that a bundle does not hold its handler', async () => {
    const template = (text: string) => text.replace('functions/set-secret.handler', 'functions/set.handler');
    await packaged.withCopy({ template }, async (folder) => {
      const { stderr } = await startRotate(folder).ended;
      expect(stderr).toMatch(/setSecret\.zip does not hold functions\/set\.handler/);
    });
  });

  it('lets a function at work finish on Ctrl-C, which it does not hear', async () => {
    const command = startRotate(packaged.path(), { alone: true });
    world.intercept(({ operation, request }) => {
      const isSetSecret = (request as { VersionStage?: string }).VersionStage === 'AWSPENDING';
      if (operation === 'GetSecretValue' && isSetSecret) interrupt(command, 'SIGINT');
      if (operation === 'UpdateSecretVersionStage') throw new AwsError('AccessDeniedException', 'too late');
    });
    const { code, stdout } = await command.ended;
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'ABORTED', error: null });
    expect(await world.admin.accountsOf(world.users[1])).toHaveLength(1); // SetSecret made it
  });
});
