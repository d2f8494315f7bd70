import { eachWorld } from '../support/each-world';
import { expectRefused } from '../support/refusal';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

describe('a host with something around it is named as such, and not taken for an outage', () => {
  it.each([
    ['db.example.com:3306', 'a port in it'],
    ['db.example.com:', 'a port in it'],
    ['10.0.0.7:3306', 'a port in it'],
    ['[::1]:3306', 'a port in it'],
    ['jdbc:mysql://db.example.com:3306/shop', 'a URL'],
    ['mysql://app:hunter2@db.example.com', 'a URL'],
    ['tcp(db.example.com:3306)', "a driver's address"],
    ['app@db.example.com', 'a user before an @'],
    ['app:hunter2@db.example.com', 'a user before an @'],
    ['db.example.com/shop', 'a path in it'],
    ['/var/run/mysqld/mysqld.sock', 'a path in it'],
    ['db1.example.com,db2.example.com', 'several hosts'],
    [' db.example.com', 'a blank in it'],
    ['db.example.com ', 'a blank in it'],
    ['db example', 'a blank in it'],
    ['db.example.com?tls=true', 'parameters behind it'],
    ['db..example.com', 'no name has'],
    ['.example.com', 'no name has'],
    ['*.example.com', 'no name has'],
    ['db.example.com%eth0', 'no name has'],
    [`${'a'.repeat(60)}.`.repeat(5), 'no name has'],
  ])('%s has %s', async (host, found) => {
    const world = await worlds.make({ secret: { host }, master: { host } });

    const execution = await expectRefused(world, {
      error: 'SecretFormatError',
      at: 'CreateSecret',
      saying: new RegExp(`AWSCURRENT of arn:.*: host: expected a host name .*found .*${found}`),
    });

    expect(execution.cause).not.toContain('hunter2');
    expect(execution.states.at(-1)?.attempts).toBe(1);
  });

  it.each(['localhost', '127.0.0.1'])('while %s is one', async (host) => {
    const world = await worlds.make({ secret: { host }, master: { host } });
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('in the secret of the master too, which is not called the wrong one', async () => {
    const world = await worlds.make({ master: { host: '127.0.0.1:3306' } });
    await expectRefused(world, {
      error: 'SecretFormatError',
      at: 'SetSecret',
      saying: /AWSCURRENT of the master secret arn:.*: host: expected a host name alone, found a port in it/,
    });
  });
});
