import { flavourOf } from '../../lib/databases/mysql/accounts/flavour';
import { lockPair } from '../../lib/databases/mysql/connection/pair-lock';
import { withSession } from '../../lib/databases/mysql/connection/session';
import { server } from '../support/database';
import { eachWorld } from '../support/each-world';
import { describeLostConnections } from '../support/lost-connections';

const worlds = eachWorld();

describeLostConnections({ every: 6 });

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
