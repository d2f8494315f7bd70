import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import type { DemoReport } from '../../local/demo/demo-report';
import { Administrator, server } from '../support/database';
import { interrupt, isAlive, serverUrl, start } from './command';
import { until } from './lab-process';

const DEMO = 'local/demo.ts';

const admin = new Administrator();
afterAll(() => admin.close());

/** What is left on the server of the demo that announced this database. */
async function leftovers(database: string): Promise<unknown[]> {
  const suffix = `%${database.slice(database.lastIndexOf('_') + 1)}`;
  return [
    ...(await admin.rows('SELECT User FROM mysql.user WHERE User LIKE ?', [suffix])),
    ...(await admin.rows('SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE ?', [
      suffix,
    ])),
  ];
}

describe('demo --json', () => {
  let report: DemoReport;
  let database: string;

  beforeAll(async () => {
    const environment = { ROTATION_MYSQL_URL: serverUrl() };
    const { code, stdout, stderr } = await start(DEMO, ['--json', '--time-scale', '0.3'], { environment })
      .ended;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    report = JSON.parse(stdout) as DemoReport;
    database = /database (\w+)/.exec(stderr)?.[1] ?? '';
  });

  it('rotates three times, as operators know it', () => {
    const [first, second, third] = report.rotations;
    const name = (number: number) => database.replace('shop', `app_${number}`);
    const common = { status: 'SUCCEEDED', revoked: 0 };
    expect(report.rotations).toHaveLength(3);
    expect(first).toMatchObject({ ...common, initialSetup: true, currentUser: name(2), users: [name(2)] });
    expect(first?.granted).toBeGreaterThan(0);
    const both = [name(1), name(2)];
    expect(second).toMatchObject({ ...common, initialSetup: false, currentUser: name(1), users: both });
    expect(second?.granted).toBeGreaterThan(0);
    expect(third).toMatchObject({ ...common, initialSetup: false, currentUser: name(2), users: both });
    expect(third?.granted).toBe(0);
  });

  it('logs in all the time, and never in vain', () => {
    const [, ...steady] = report.rotations;
    expect(report.probe.failed).toBe(0);
    for (const { loginsDuringSwitch } of steady) expect(loginsDuringSwitch).toBeGreaterThan(0);
    // How many a machine manages is its own affair; those during the switches are among them.
    const during = report.rotations.reduce((sum, { loginsDuringSwitch }) => sum + loginsDuringSwitch, 0);
    expect(report.probe.logins).toBeGreaterThan(during);
  });

  it('tells states, waits and the server', () => {
    const steps = ['CreateSecret', 'SetSecret', 'WaitForPasswordPropagation', 'TestSecret', 'FinishSecret'];
    for (const { states } of report.rotations) {
      expect(states.map(({ name }) => name)).toEqual(expect.arrayContaining(steps));
      for (const state of states)
        expect(Object.keys(state)).toEqual(['name', 'startedAt', 'durationMs', 'attempts']);
    }
    expect(report.rotations[2]?.states.map(({ name }) => name)).toContain('WaitForMasterPassword');
    expect(Object.keys(report)).toEqual(['rotations', 'probe', 'server']);
    expect(report.server).toEqual({ product: server.product, version: server.version });
  });

  it('leaves nothing on the server', async () => {
    expect(database).toMatch(/^demo_shop_\w{6}$/);
    expect(await leftovers(database)).toEqual([]);
  });
});

describe('a demo that is interrupted', () => {
  it.each([
    { signal: 'SIGINT' as const, code: 130 },
    { signal: 'SIGTERM' as const, code: 143 },
  ])('leaves nothing on a server that is not its own: $signal', async ({ signal, code }) => {
    const environment = { ROTATION_MYSQL_URL: serverUrl() };
    const demo = start(DEMO, ['--json'], { environment, alone: true });
    const [, database = ''] = await demo.says(/database (\w+)/);
    await demo.says(/ SetSecret \d/);
    expect(await leftovers(database)).toHaveLength(3); // the master, the first user, the database
    interrupt(demo, signal);
    expect(await demo.ended).toMatchObject({ code, stdout: '' });
    expect(await leftovers(database)).toEqual([]);
    expect(isAlive(demo)).toBe(false);
  });

  it('leaves no process and no file of a server of its own', async () => {
    const folder = await mkdtemp('/tmp/demo-');
    try {
      const demo = start(DEMO, [], { environment: { ROTATION_MYSQL_URL: undefined, TMPDIR: folder } });
      const [, port = ''] = await demo.says(/MySQL \S+ at 127\.0\.0\.1:(\d+)/);
      await demo.says(/ SetSecret \d/);
      interrupt(demo, 'SIGINT');
      expect(await demo.ended).toMatchObject({ code: 130, stdout: '' });
      const isServerFolder = (name: string): boolean => name.startsWith('stepwise-');
      // tsx may have ended its program by force; then what is around the server needs a moment.
      await until(async () => !(await readdir(folder)).some(isServerFolder));
      expect(isAlive(demo)).toBe(false);
      const [refusal] = (await once(createConnection(Number(port), '127.0.0.1'), 'error')) as [unknown];
      expect(refusal).toMatchObject({ code: 'ECONNREFUSED' });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('a demo that cannot begin', () => {
  it('says why when there is no server, and exits with 1', async () => {
    const environment = { ROTATION_MYSQL_URL: 'mysql://nobody:nothing@127.0.0.1:9' };
    const { code, stdout, stderr } = await start(DEMO, ['--json'], { environment }).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^ROTATION_MYSQL_URL: no usable server at 127\.0\.0\.1:9/);
    expect(stderr).not.toMatch(/nothing|\n +at /);
  });

  it('exits with 2 when it is called wrongly', async () => {
    const { code, stderr } = await start(DEMO, ['--time-scale', '2']).ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(/--time-scale.*0 to 1/);
  });
});
