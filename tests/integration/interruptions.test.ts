import { flavourOf } from '../../lib/databases/mysql/accounts/flavour';
import { lockPair } from '../../lib/databases/mysql/connection/pair-lock';
import { withSession } from '../../lib/databases/mysql/connection/session';
import { logsIn, server } from '../support/database';
import { eachWorld } from '../support/each-world';
import { createSecret, setSecret } from '../support/single-steps';
import { startTcpProxy } from '../support/tcp-proxy';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** What a test may expect of the current secret while a rotation is broken off. */
const BEGINNINGS = [
  ['a rotation', { currentUser: 'exists' as const }],
  ['an initial setup', { currentUser: 'absent' as const }],
] as const;

describe('a connection that is lost', () => {
  it.each(BEGINNINGS)(
    'after any of the statements of %s leaves nobody half built in use, and the next run finishes',
    async (_what, { currentUser }) => {
      const errors = new Set<string>();
      let isCut = true;
      for (let pieces = 1; isCut; pieces += 1) {
        const proxy = await startTcpProxy({ cutAfterPieces: pieces });
        worlds.afterwards(() => proxy.close());
        const world = await worlds.make({
          currentUser,
          environment: { DB_ENDPOINTS: `${proxy.host}:${proxy.port}` },
          secret: { host: proxy.host, port: proxy.port },
        });
        const state = await createSecret(world);
        const pending = await world.secret('AWSPENDING');

        const outcome = await setSecret(state).catch((error: unknown) => error);

        isCut = outcome instanceof Error;
        if (outcome instanceof Error) errors.add(outcome.name);
        if (await logsIn(pending)) {
          expect(await world.admin.rows(`SHOW GRANTS FOR '${world.users[1]}'`)).toHaveLength(2);
        }
        expect(await world.currentSecretWorks()).toBe(currentUser === 'exists');
        expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
        expect(await world.currentSecretWorks()).toBe(true);
        expect(pieces).toBeLessThan(120);
      }
      expect([...errors]).toEqual(['DatabaseUnavailableError']);
    },
    120_000,
  );
});

describe('a pair that another rotation is working on', () => {
  it('is reported as busy, without a change', async () => {
    const world = await worlds.make();
    const [current, standby] = world.users;
    const before = await world.snapshot();
    const stop = new AbortController();
    const failures: string[] = [];

    await withSession(
      server,
      { ...world.master, tls: server.ssl ? 'verified' : 'off' },
      'master',
      server.caBundlePath,
      async (session) => {
        await lockPair(session, { current: standby, standby: current }, flavourOf({ product: 'MySQL' }));
        await world.rotate({
          signal: stop.signal,
          onEvent: (event) => {
            if (event.kind !== 'attempt-failed') return;
            failures.push(`${event.error}: ${event.cause}`);
            stop.abort();
          },
        });
      },
    );

    expect(failures).toEqual([
      expect.stringMatching(
        /^DatabaseBusyError: another rotation is at work on app_\S+ and app_\S+: it holds/,
      ),
    ]);
    expect(await world.snapshot()).toEqual(before);
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });
});
