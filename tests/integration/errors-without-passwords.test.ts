import { withSession } from '../../lib/databases/mysql/connection/session';
import { statement } from '../../lib/databases/mysql/connection/statement';
import { steps } from '../../local/steps';
import { connectAs, server, type Login } from '../support/database';
import { eachWorld } from '../support/each-world';
import { everythingOf, newMarker, thrownBy } from '../support/leak-marker';
import { createSecret, setSecret } from '../support/single-steps';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

describe('an error of the database', () => {
  const master = (login: Login) => ({ ...login, tls: server.ssl ? ('verified' as const) : ('off' as const) });

  it('loses the statement and the text that the driver put into it', async () => {
    const world = await worlds.make();
    const marker = newMarker();
    const broken = `ALTER USER '${world.users[0]}' IDENTIFIED BY '${marker}' BOGUS`;

    const raw = await thrownBy(async () => {
      const connection = await connectAs(world.master);
      await connection.query(broken).finally(() => {
        connection.destroy();
      });
    });
    const translated = await thrownBy(() =>
      withSession(server, master(world.master), 'master', server.caBundlePath, (session) =>
        session.run(statement('setting the password', broken)),
      ),
    );

    expect(raw).toMatchObject({ errno: 1064 });
    expect(everythingOf(raw)).toContain(marker);
    expect(translated).toMatchObject({
      name: 'DatabaseStatementError',
      message: 'setting the password: refused (error 1064)',
    });
    expect(translated.cause).toBeUndefined();
    expect(everythingOf(translated)).not.toContain(marker);
    expect(everythingOf(translated)).not.toContain('BOGUS');
  });

  it('does not show the password of a login that was refused', async () => {
    const world = await worlds.make();
    const login = { username: world.master.username, password: newMarker() };

    const refused = await thrownBy(() =>
      withSession(server, master(login), 'master', server.caBundlePath, () => Promise.resolve()),
    );

    expect(refused).toMatchObject({ name: 'MasterCredentialRejectedError' });
    expect(everythingOf(refused)).not.toContain(login.password);
  });
});

describe('an error that a handler throws in its own process', () => {
  it.each([
    ['is not JSON', (marker: string) => `{"password": "${marker}`],
    ['holds a password where a port should be', (marker: string) => `{"port": "${marker}"}`],
    ['holds a password as the name of a field', (marker: string) => `{"${marker}": 1}`],
  ])('shows nothing of a secret that %s', async (_what, write) => {
    const world = await worlds.make();
    const marker = newMarker();
    await world.putSecret(write(marker), 'AWSCURRENT');

    const thrown = await thrownBy(() =>
      steps.CreateSecret({ input: { secretId: world.secretArn, owner: 'schedule' }, executionArn: 'arn' }),
    );

    expect(thrown).toMatchObject({ name: 'SecretFormatError' });
    expect(everythingOf(thrown)).not.toContain(marker);
  });

  it('shows nothing of a password in an input that it does not know', async () => {
    const marker = newMarker();

    const thrown = await thrownBy(() =>
      steps.CreateSecret({
        input: {
          secretId: 'x',
          owner: 'schedule',
          password: marker,
          versionId: marker,
          scheduledTime: marker,
        },
        executionArn: 'arn',
      }),
    );

    expect(thrown).toMatchObject({ name: 'InvalidInputError' });
    expect(everythingOf(thrown)).not.toContain(marker);
  });

  it('shows neither password when the master may not give a right', async () => {
    const world = await worlds.make();
    await world.admin.run(`GRANT PROCESS ON *.* TO '${world.users[0]}'`);
    const state = await createSecret(world);
    const { password } = await world.secret('AWSPENDING');

    const thrown = await thrownBy(() => steps.SetSecret({ state, redriveCount: 0 }));

    expect(thrown).toMatchObject({ name: 'GrantNotPossibleError' });
    for (const secret of [world.firstPassword, world.master.password, password]) {
      expect(everythingOf(thrown)).not.toContain(secret);
    }
    await expect(setSecret(state)).rejects.toMatchObject({ name: 'GrantNotPossibleError' });
  });
});
