import { World } from './world';
import type { WorldOptions } from './world-options';

/** Makes worlds for the tests of a file and takes each down after its test, with what the test added. */
export interface EachWorld {
  make(options?: WorldOptions): Promise<World>;
  /** Something to be undone before the world is taken down; the last one first. */
  afterwards(undo: () => unknown): void;
}

/** To be called once in a test file, at its top. */
export function eachWorld(): EachWorld {
  const undone: (() => unknown)[] = [];
  afterEach(async () => {
    for (const undo of undone.splice(0).reverse()) await undo();
  });
  return {
    make: async (options) => {
      const world = await World.make(options);
      undone.push(() => world.close());
      return world;
    },
    afterwards: (undo) => {
      undone.push(undo);
    },
  };
}
