import { hashPassword } from '../../lib/databases/mysql/passwords/password-hash';
import { logsIn } from '../support/database';
import { eachWorld } from '../support/each-world';
import { expectFault } from '../support/preflight';
import { expectRefused } from '../support/refusal';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** A user with an account at each of many addresses, every one of which has a hash of its own. */
async function makeAccounts(rounds: number, count: number): Promise<World> {
  const world = await worlds.make();
  const [username] = world.users;
  const password = world.firstPassword;
  for (let address = 1; address <= count; address += 1) {
    const account = `'${username}'@'${address === 1 ? '%' : `10.0.0.${address}`}'`;
    const hash = hashPassword('caching_sha2_password', password, rounds);
    await world.admin.run(
      `${address === 1 ? 'ALTER' : 'CREATE'} USER ${account} IDENTIFIED WITH caching_sha2_password AS 0x${Buffer.from(hash).toString('hex')}`,
    );
    await world.admin.run(
      `GRANT SELECT ON \`${world.database.replaceAll('_', String.raw`\_`)}\`.* TO ${account}`,
    );
  }
  return world;
}

async function distinctHashes(world: World, username: string): Promise<number> {
  const [row] = await world.admin.rows<{ hashes: number }>(
    'SELECT COUNT(DISTINCT authentication_string) AS hashes FROM mysql.user WHERE User = ?',
    [username],
  );
  return Number(row?.hashes);
}

jest.setTimeout(180_000); // a machine with other work takes minutes to compute so many hashes

describe('accounts whose passwords take long to prove', () => {
  it.each([
    [24, 500_000],
    [3, 4_095_000],
    [200, 5_000],
  ])('are rotated within the lease when there are %d of %d rounds', async (count, rounds) => {
    const world = await makeAccounts(rounds, count);
    expect(await distinctHashes(world, world.users[0])).toBe(count);

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    const current = await world.secret();
    expect(current.username).toBe(world.users[1]);
    expect(await logsIn(current)).toBe(true);
    expect(await distinctHashes(world, world.users[1])).toBe(1);
  });

  it.each([
    [4, 4_095_000],
    [25, 500_000],
    [62, 200_000],
  ])('are refused at the start when there are %d of %d rounds', async (count, rounds) => {
    const world = await makeAccounts(rounds, count);
    const total = count * rounds;
    const saying = new RegExp(
      `proving the passwords of app_\\S+ and app_\\S+ takes ${total} rounds .* for ${count} different hashes`,
    );

    await expectFault(world, { layer: 'master-login', error: 'UnsupportedAccountError', saying });
    await expectRefused(world, { error: 'UnsupportedAccountError', at: 'SetSecret', saying });
  });
});
