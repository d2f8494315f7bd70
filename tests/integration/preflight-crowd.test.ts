import { logsIn } from '../support/database';
import { eachWorld } from '../support/each-world';
import { runPreflight } from '../support/preflight';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

describe('many preflights at once', () => {
  it.each([
    [1, 12],
    [2, 20],
    [3, 30],
  ])(
    'take no more than the %d connections that the master may have, when there are %d',
    async (most, count) => {
      const world = await worlds.make();
      await world.admin.run(`ALTER USER '${world.master.username}' WITH MAX_USER_CONNECTIONS ${most}`);

      const running = new AbortController();
      const preflights = Promise.allSettled(Array.from({ length: count }, () => runPreflight(world))).finally(
        () => {
          running.abort();
        },
      );
      const seen: number[] = [];
      const logins: boolean[] = [];
      while (!running.signal.aborted) {
        const [row] = await world.admin.rows<{ sessions: number }>(
          'SELECT COUNT(*) AS sessions FROM information_schema.PROCESSLIST WHERE USER = ?',
          [world.master.username],
        );
        seen.push(Number(row?.sessions));
        logins.push(await logsIn({ username: world.users[0], password: world.firstPassword }));
      }

      expect(Math.max(...seen)).toBeLessThanOrEqual(most);
      expect(new Set(logins)).toEqual(new Set([true]));
      const failures = (await preflights).flatMap((one) =>
        one.status === 'rejected' ? [(one.reason as Error).name] : [],
      );
      expect(failures.filter((name) => name !== 'DatabaseBusyError')).toEqual([]);
      // The connections are given back.
      expect(await runPreflight(world)).toMatchObject({ operation: 'preflight' });
    },
  );
});
