import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { server } from '../support/database';
import { eachWorld } from '../support/each-world';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

const example = (name: string) =>
  JSON.parse(readFileSync(join(__dirname, `../../examples/secrets/${name}.json`), 'utf8')) as Record<
    string,
    unknown
  >;

describe('the secrets in examples/secrets', () => {
  it('rotate twice with the hosts, names and passwords of a real server, and keep their fields', async () => {
    const world = await worlds.make();
    const { host, port } = server;
    const master = { ...example('master'), host, port, ...world.master };
    world.secrets.seed.version(world.masterArn, {
      versionId: randomUUID(),
      value: JSON.stringify(master),
      stages: ['AWSCURRENT'],
    });
    const [username] = world.users;
    const login = { username, password: world.firstPassword, dbname: world.database };
    const application = { ...example('application'), host, port, ...login, masterarn: world.masterArn };
    await world.putSecret(application, 'AWSCURRENT');

    for (const user of [world.users[1], world.users[0]]) {
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      const secret = await world.secret();
      expect(secret).toEqual({ ...application, username: user, password: secret.password });
      expect(await world.currentSecretWorks()).toBe(true);
    }
    // A field that an example has and nothing replaces here would not be tried.
    expect(Object.keys(application)).toEqual(Object.keys(example('application')));
    expect(Object.keys(master)).toEqual(Object.keys(example('master')));
  });
});
