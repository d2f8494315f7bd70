import { randomUUID } from 'node:crypto';
import { Administrator, logsIn, server } from '../support/database';
import { start } from './command';

const administrator = new Administrator();
const id = `clone_${process.pid}`;
const [current, standby, database] = [`${id}_a`, `${id}_b`, `${id}_db`];
const PASSWORD = `Pw-${randomUUID()}`;

const url = (): string => {
  const { admin, host, port, caBundlePath, ssl } = server;
  const options = caBundlePath === undefined ? (ssl ? '' : '?ssl=false') : `?ca=${caBundlePath}`;
  return `mysql://${admin.username}:${encodeURIComponent(admin.password)}@${host}:${port}${options}`;
};

const clone = (...args: string[]) =>
  start(
    'local/lab.ts',
    ['clone', '--server', url(), '--standby', standby, '--password-env', 'NEW_PASSWORD', ...args],
    { environment: { NEW_PASSWORD: PASSWORD } },
  ).ended;

const dropUsers = () =>
  administrator.run(
    `DROP USER IF EXISTS ${current}, ${current}@'10.0.0.1', ${standby}, ${standby}@'10.0.0.1'`,
  );

beforeEach(async () => {
  await dropUsers();
  await administrator.run(
    `CREATE DATABASE IF NOT EXISTS ${database}`,
    `CREATE USER ${current} IDENTIFIED BY 'first-Pass1' REQUIRE SSL`,
    `CREATE USER ${current}@'10.0.0.1' IDENTIFIED BY 'first-Pass1'`,
    `GRANT SELECT ON ${database}.* TO ${current}`,
  );
});

afterAll(async () => {
  await dropUsers();
  await administrator.run(`DROP DATABASE IF EXISTS ${database}`);
  await administrator.close();
});

describe('lab clone', () => {
  it('makes an exact copy of all hosts, once, and says what it did', async () => {
    const first = await clone('--current', current, '--json');
    const again = await clone('--current', current, '--json');

    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toEqual({
      changed: true,
      granted: [`SELECT ON \`${database}\`.* TO \`${standby}\`@\`%\``],
      revoked: [],
      options: [`REQUIRE OF \`${standby}\`@\`%\``],
      warnings: [],
      skipped: [],
      statements: expect.any(Number) as unknown,
    });
    expect(JSON.parse(again.stdout)).toMatchObject({ changed: false, granted: [], options: [] });
    expect(await logsIn({ username: standby, password: PASSWORD }, database)).toBe(true);
    expect(await administrator.accountsOf(standby)).toHaveLength(2);
  });

  it('copies one host when one is named', async () => {
    expect((await clone('--current', `${current}@%`, '--json')).code).toBe(0);
    expect(await administrator.accountsOf(standby)).toHaveLength(1);
  });

  it('shows a plan without secrets, and changes nothing', async () => {
    const { code, stdout } = await clone('--current', current, '--plan', '--json');

    expect(code).toBe(0);
    const { changed, plan } = JSON.parse(stdout) as { changed: boolean; plan: string[] };
    expect(changed).toBe(false);
    expect(plan[0]).toMatch(/^CREATE USER .* AS <hash>.* ACCOUNT LOCK$/);
    expect(plan.at(-1)).toMatch(/^ALTER USER .* AS <hash>.* ACCOUNT UNLOCK$/);
    expect(stdout).not.toContain(PASSWORD);
    expect(await administrator.accountsOf(standby)).toEqual([]);
  });

  it('leaves the user of a rotated secret alone, unless it is asked to take it over', async () => {
    const marker = { 'stepwise-rotation': { version: randomUUID(), secret: 'a'.repeat(32) } };
    await administrator.run(
      `CREATE USER ${standby} IDENTIFIED BY 'of an application' ATTRIBUTE '${JSON.stringify(marker)}'`,
    );
    const before = await administrator.accountsOf(standby);

    const { code, stderr } = await clone('--current', current);

    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/StandbyOwnedElsewhereError: .* was set by a rotation of a secret .*--take-over/),
    ]);
    expect(await administrator.accountsOf(standby)).toEqual(before);
    expect((await clone('--current', current, '--take-over', '--json')).code).toBe(0);
    expect(await logsIn({ username: standby, password: PASSWORD }, database)).toBe(true);
  });

  it('names the objects whose definer is one of the pair', async () => {
    await administrator.run(`CREATE DEFINER = ${current} VIEW ${database}.seen AS SELECT 1 AS one`);
    const { stdout } = await clone('--current', current, '--json');
    const { warnings } = JSON.parse(stdout) as { warnings: string[] };
    expect(warnings).toEqual([
      `objects with one of the pair as DEFINER: view ${database}.seen (${current}@%)`,
    ]);
    await administrator.run(`DROP VIEW ${database}.seen`);
  });

  it('is refused by name with exit code 1, and for wrong use with 2', async () => {
    const refused = await clone('--current', 'nobody_at_all', '--json');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^CurrentUserMissingError: nobody_at_all does not exist/m);

    const misused = await clone();
    expect(misused).toMatchObject({ code: 2, stdout: '' });
    expect(misused.stderr).toMatch(/--current/);
  });
});
