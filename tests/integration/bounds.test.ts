import { eachWorld } from '../support/each-world';
import { runPreflight } from '../support/preflight';
import { expectRefused } from '../support/refusal';
import { endSecretsManagerAfterAll, type World } from '../support/world';
import { AwsError } from '../../local/aws/secrets-manager/errors';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** Step Functions' limit for a state's input and output, and for the whole of an execution's. */
const STATE_BYTES = 262_144;

/** Rights of the first user on columns that are gone, which a standby cannot be given. */
async function grantOnDroppedColumns(world: World, columns: number): Promise<void> {
  const names = Array.from({ length: columns }, (_, index) => `c${index}_`.padEnd(60, 'x'));
  const table = `${world.database}.wide`;
  await world.admin.run(`CREATE TABLE ${table} (id INT, ${names.map((name) => `${name} INT`).join(', ')})`);
  await world.admin.run(
    `GRANT SELECT (${names.join(', ')}), UPDATE (${names.join(', ')}) ON ${table} TO '${world.users[0]}'@'%'`,
  );
  await world.admin.run(`ALTER TABLE ${table} ${names.map((name) => `DROP COLUMN ${name}`).join(', ')}`);
}

describe('rights that the standby goes without, more than a state may hold,', () => {
  it('are listed as far as they fit, with how many more there are', async () => {
    const world = await worlds.make();
    await grantOnDroppedColumns(world, 1_000);

    const execution = await world.rotate();

    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    const { setSecret } = execution.output as { setSecret: { skipped: string[] } };
    expect(setSecret.skipped.at(-1)).toMatch(/^and \d+ more$/);
    expect(Buffer.byteLength(JSON.stringify(setSecret.skipped))).toBeLessThan(STATE_BYTES / 10);
  });
});

describe('a user with more accounts than their proof has room for', () => {
  const manyHosts = async (world: World): Promise<void> => {
    const accounts = Array.from(
      { length: 420 },
      (_, index) => `'${world.users[0]}'@'${`h${index}.`.padEnd(250, 'x')}'`,
    );
    await world.admin.run(
      `CREATE USER ${accounts.map((account) => `${account} IDENTIFIED BY '${world.firstPassword}'`).join(', ')}`,
    );
  };

  it('is refused before anything is written', async () => {
    const world = await worlds.make();
    await manyHosts(world);

    await expectRefused(world, {
      error: 'UnsupportedAccountError',
      at: 'SetSecret',
      saying: /has 421 accounts, at different hosts: the proof of their rights takes \d+ bytes, 131072 is/,
    });
    await expect(runPreflight(world)).rejects.toMatchObject({ name: 'UnsupportedAccountError' });
  });
});

describe("a secret that would be longer than Secrets Manager's 65,536 bytes with the new login", () => {
  it.each([
    ['of ASCII', 'x'],
    ['of other characters', 'ä'],
    ['of characters that JSON writes as several', '\u2028'],
  ])('%s is refused before it is written', async (_what, character) => {
    const world = await worlds.make({ environment: { PASSWORD_LENGTH: '256' } });
    const document = { ...(await world.secret()), note: '' };
    const room = 65_536 - Buffer.byteLength(JSON.stringify(document));
    const note = character.repeat(Math.floor(room / Buffer.byteLength(character)));
    await world.putSecret({ ...document, note }, 'AWSCURRENT');

    await expectRefused(world, {
      error: 'SecretStoreLimitError',
      at: 'CreateSecret',
      saying: /with the standby user's login has \d+ bytes, Secrets Manager takes 65536/,
    });
  });
});

describe('a refusal of Secrets Manager that repeating does not change ends the step at once:', () => {
  it.each([
    ['LimitExceededException', 'PutSecretValue', 'CreateSecret', 'SecretStoreLimitError'],
    ['LimitExceededException', 'UpdateSecretVersionStage', 'FinishSecret', 'SecretStoreLimitError'],
    ['ServiceQuotaExceededException', 'PutSecretValue', 'CreateSecret', 'SecretStoreLimitError'],
    ['PublicPolicyException', 'GetSecretValue', 'CreateSecret', 'SecretAccessDeniedError'],
    ['PreconditionNotMetException', 'DescribeSecret', 'CreateSecret', 'SecretAccessDeniedError'],
  ])('%s of %s, in %s', async (name, refused, state, error) => {
    const world = await worlds.make();
    const before = await world.labels();
    world.intercept(({ operation }) => {
      if (operation === refused) throw new AwsError(name, 'no');
    });

    const execution = await world.rotate();

    world.intercept(() => undefined);
    expect(execution).toMatchObject({ status: 'FAILED', error });
    expect(execution.cause).toContain(`was refused (${name})`);
    expect(execution.states.at(-1)).toMatchObject({ name: state, attempts: 1 });
    expect((await world.labels())['AWSCURRENT']).toBe(before['AWSCURRENT']);
    expect(await world.currentSecretWorks()).toBe(true);
  });
});
