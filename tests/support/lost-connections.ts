import { logsIn } from './database';
import { eachWorld } from './each-world';
import { createSecret, setSecret } from './single-steps';
import { startTcpProxy } from './tcp-proxy';
import { endSecretsManagerAfterAll } from './world';

/** What a test may expect of the current secret while a rotation is broken off. */
const BEGINNINGS = [
  ['a rotation', { currentUser: 'exists' as const }],
  ['an initial setup', { currentUser: 'absent' as const }],
] as const;

const MOST_PIECES = 120;

/**
 * Declares the tests that cut SetSecret's connection after a number of pieces that it has sent. To be called once in
 * a test file.
 * @param every 1 cuts after each piece, 5 after each fifth
 */
export function describeLostConnections({ every }: { every: number }): void {
  endSecretsManagerAfterAll();
  const worlds = eachWorld();

  it.each(BEGINNINGS)(
    `a connection that SetSecret loses during %s, after any ${every === 1 ? '' : `${every}th `}piece that it sends, leaves no half-built user in use, and the next run finishes`,
    async (_what, { currentUser }) => {
      const errors = new Set<string>();
      let isCut = true;
      for (let pieces = 1; isCut; pieces += every) {
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
        expect(pieces).toBeLessThan(MOST_PIECES);
      }
      expect([...errors]).toEqual(['DatabaseUnavailableError']);
    },
  );
}
