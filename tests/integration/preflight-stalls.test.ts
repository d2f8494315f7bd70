import type { Socket } from 'node:net';
import { eachWorld } from '../support/each-world';
import { preflightInput } from '../support/preflight';
import { startStallingServer } from '../support/stalling-server';
import { startWarmFunction } from '../support/warm-function';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** What a server that fell silent may still do, after the answer was given. */
const ENDS: readonly ((client: Socket) => unknown)[] = [
  (client) => client.resetAndDestroy(),
  (client) => client.write(Buffer.alloc(300, 0x55)),
  (client) => client.write(Buffer.from([1, 0, 0, 9, 0xff])),
  (client) => client.end(),
];

async function makeWarm() {
  const proxy = await startStallingServer();
  worlds.afterwards(() => proxy.close());
  const endpoint = { host: proxy.host, port: proxy.port };
  const world = await worlds.make({ secret: endpoint, master: endpoint });
  const warm = startWarmFunction('preflight');
  worlds.afterwards(() => warm.stop());
  const first = await warm.invoke(preflightInput(world));
  expect(first).toEqual({ error: undefined, uncaught: [], open: [] });
  return { proxy, world, warm, said: [...proxy.said] };
}

describe('a preflight leaves nothing behind that can end the next one', () => {
  it.each<[connection: number, phases: (said: number) => number[]]>([
    [1, (said) => [0, 10, 100, 130, 600, 1_200, said - 400]],
    [2, (said) => [0, 100, 1_000, said - 4_000, said - 100]],
  ])(
    'when the server fell silent anywhere on connection %d',
    async (connection, phases) => {
      const { proxy, world, warm, said } = await makeWarm();
      for (const [index, afterBytes] of phases(said[connection - 1] ?? 0).entries()) {
        proxy.stall({ connection, afterBytes });
        const { error, uncaught, open } = await warm.invoke(preflightInput(world));
        expect({ afterBytes, name: error?.name, uncaught, open }).toEqual({
          afterBytes,
          name: 'DatabaseUnavailableError',
          uncaught: [],
          open: [],
        });
        proxy.toClients((client) => ENDS[index % ENDS.length]?.(client));
        expect(await warm.look()).toMatchObject({ uncaught: [], open: [] });
        proxy.stall(undefined);
        expect(await warm.invoke(preflightInput(world))).toEqual({
          error: undefined,
          uncaught: [],
          open: [],
        });
      }
    },
    180_000,
  );
});
