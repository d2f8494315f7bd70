import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eachWorld } from '../support/each-world';
import { logsIn } from '../support/database';
import { whileLoggingIn } from '../support/login-probe';
import { runPreflight } from '../support/preflight';
import { endSecretsManagerAfterAll, type World } from '../support/world';
import { isExactPair, likenessOf } from './takeover-likeness';

endSecretsManagerAfterAll();
const worlds = eachWorld();

const deploying = readFileSync(join(__dirname, '../../docs/deploying.md'), 'utf8');

/** The statements of a block of docs/deploying.md, about this world's users and database. */
function documented(block: string, { users: [shop], master, database, firstPassword }: World): string[] {
  const [, sql] = new RegExp(`\`\`\`sql ${block}\\n([\\s\\S]*?)\`\`\``).exec(deploying) ?? [];
  if (sql === undefined) throw new Error(`docs/deploying.md has no SQL block "${block}"`);
  return sql
    .replaceAll('rotation_master', master.username)
    .replaceAll('<the password of shop/master>', master.password)
    .replaceAll('<the password of shop/app>', firstPassword)
    .replaceAll('shop\\_db', database.replaceAll('_', '\\_'))
    .replaceAll("'shop", `'${shop}`)
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

const allowInserts = (world: World) =>
  world.admin.run(`ALTER TABLE ${world.database}.item MODIFY id INT AUTO_INCREMENT`);

describe('the statements of docs/deploying.md', () => {
  it('make a master and a user that are rotated, and can be removed', async () => {
    const world = await worlds.make({ naming: 'suffix', currentUser: 'absent' });
    await world.admin.run(`DROP USER '${world.master.username}'`);
    await world.admin.run(...documented('master', world), ...documented('application', world));

    const { plan } = await runPreflight(world);
    expect(plan).toMatchObject({ skipped: [] });
    for (const current of [world.users[1], world.users[0]]) {
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      expect((await world.secret()).username).toBe(current);
      expect(await world.currentSecretWorks()).toBe(true);
    }

    await world.admin.run(...documented('removal', world));
    expect(await world.currentSecretWorks()).toBe(true);
    expect(await world.admin.accountsOf(world.users[1])).toEqual([]);
  });
});

describe('a single user', () => {
  it('becomes an exact pair without a failed login, and keeps its password until the second rotation', async () => {
    const world = await worlds.make({ naming: 'suffix' });
    const [user] = world.users;
    const { firstPassword: password } = world;
    await allowInserts(world);
    await world.admin.run(
      `CREATE USER '${user}'@'127.0.0.1' IDENTIFIED BY '${password}' REQUIRE SSL WITH MAX_USER_CONNECTIONS 50`,
      `GRANT SELECT, INSERT, UPDATE (name) ON ${world.database}.item TO '${user}'@'127.0.0.1'`,
    );
    const original = await likenessOf(world, user);

    const report = await whileLoggingIn(world, async (probe) => {
      await probe.fullRound();
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      await probe.fullRound();
      expect(await isExactPair(world)).toBe(true);
      expect(await logsIn({ username: user, password })).toBe(true);
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      await probe.fullRound();
    });

    expect(report.failures).toEqual([]);
    expect(report.logins).toBeGreaterThan(20);
    expect(await logsIn({ username: user, password })).toBe(false);
    expect((await world.secret()).username).toBe(user);
    expect(await likenessOf(world, user)).toBe(original);
    expect(await isExactPair(world)).toBe(true);
  });
});
