import { randomUUID } from 'node:crypto';
import { LAYERS } from '../../lib/rotation/preflight/layers';
import { eachWorld } from '../support/each-world';
import { changingNothing, runPreflight } from '../support/preflight';
import { startTcpProxy } from '../support/tcp-proxy';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

const passed = (except: Record<string, string> = {}) =>
  LAYERS.map((layer) => ({
    layer,
    verdict: except[layer] ?? 'passed',
    durationMs: expect.any(Number) as number,
  }));

/** Secrets Manager's own test of a configuration: AWSPENDING on a copy of the current version. */
async function announceConfigurationTest(world: World): Promise<string> {
  world.secrets.seed.facts(world.secretArn, { rotation: { enabled: true } });
  const versionId = randomUUID();
  const value = JSON.stringify(await world.secret());
  world.secrets.seed.version(world.secretArn, { versionId, value, stages: ['AWSPENDING'] });
  return versionId;
}

describe('a preflight of a rotation that would succeed', () => {
  it('passes every layer, tells the plan and changes nothing', async () => {
    const world = await worlds.make();
    const calls = new Set<string>();
    world.intercept(({ operation }) => {
      calls.add(operation);
    });

    const report = await changingNothing(world, () => runPreflight(world));

    expect(report).toEqual({
      schemaVersion: 1,
      operation: 'preflight',
      secretArn: world.secretArn,
      layers: passed(),
      currentUser: world.users[0],
      standbyUser: world.users[1],
      plan: { granted: 4, revoked: 0, options: 0, skipped: [] },
    });
    expect([...calls].sort()).toEqual(['DescribeSecret', 'GetRandomPassword', 'GetSecretValue']);
    expect(JSON.stringify(report)).not.toContain(world.firstPassword);
  });

  it('is right: the rotation that follows does what was planned, and the next plan grants nothing', async () => {
    const world = await worlds.make();
    const { plan } = await runPreflight(world);

    const execution = await world.rotate();

    expect(execution).toMatchObject({
      status: 'SUCCEEDED',
      output: { setSecret: { granted: plan.granted } },
    });
    expect(await changingNothing(world, () => runPreflight(world))).toMatchObject({
      currentUser: world.users[1],
      standbyUser: world.users[0],
      plan: { granted: 0, revoked: 0 },
    });
  });

  it('logs in on every connection that it opens, so that no server blocks its address', async () => {
    const proxy = await startTcpProxy();
    worlds.afterwards(() => proxy.close());
    const { host, port } = proxy;
    const world = await worlds.make({ secret: { host, port }, master: { host, port } });

    expect(await runPreflight(world)).toMatchObject({ layers: passed() });
    expect(proxy.connections).toBe(2);
  });

  it('logs in with the pending password of a master that is rotating', async () => {
    const world = await worlds.make({ master: { password: 'not any more' } });
    const master = await world.secret('AWSCURRENT', world.masterArn);
    world.secrets.seed.version(world.masterArn, {
      versionId: randomUUID(),
      value: JSON.stringify({ ...master, ...world.master }),
      stages: ['AWSPENDING'],
    });

    expect(await changingNothing(world, () => runPreflight(world))).toMatchObject({ layers: passed() });
  });

  it('goes on with a version that an earlier run left pending', async () => {
    const world = await worlds.make();
    const current = await world.secret();
    await world.putSecret({ ...current, username: world.users[1], password: randomUUID() }, 'AWSPENDING');

    expect(await changingNothing(world, () => runPreflight(world))).toMatchObject({ layers: passed() });
  });

  it('is what Secrets Manager gets for a test of its configuration', async () => {
    const world = await worlds.make();
    const versionId = await announceConfigurationTest(world);

    const report = await changingNothing(world, () =>
      runPreflight(world, { owner: 'secrets-manager', versionId }),
    );

    expect(report).toMatchObject({ layers: passed(), currentUser: world.users[0], plan: { granted: 4 } });
  });

  it('skips the current login when the first user may be made', async () => {
    const world = await worlds.make({ currentUser: 'absent' });

    expect(await changingNothing(world, () => runPreflight(world))).toMatchObject({
      layers: passed({ 'current-login': 'skipped' }),
      plan: { granted: 6 },
    });
  });

  it('skips the current login when the deployer allows its repair', async () => {
    const world = await worlds.make();
    world.setEnvironment({ ALLOW_REPAIR: world.secretArn });
    await world.admin.run(`ALTER USER '${world.users[0]}' IDENTIFIED BY 'changed-by-hand'`);

    expect(await runPreflight(world)).toMatchObject({ layers: passed({ 'current-login': 'skipped' }) });
  });

  it('skips TLS when both secrets ask for plaintext', async () => {
    const world = await worlds.make({ secret: { ssl: false }, master: { ssl: false } });

    expect(await runPreflight(world)).toMatchObject({ layers: passed({ tls: 'skipped' }) });
  });

  it('tells what the deployer allowed to be left out', async () => {
    const world = await worlds.make({ environment: { ALLOW_MISSING_RIGHTS: 'EVENT' } });
    await world.admin.run(`GRANT EVENT ON elsewhere.* TO '${world.users[0]}'`);

    const { plan } = await runPreflight(world);

    expect(plan).toMatchObject({ granted: 4, skipped: ['EVENT ON `elsewhere`.*'] });
  });
});
