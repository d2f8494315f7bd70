import { server } from '../../support/database';
import { World } from '../../support/world';
import type { WorldOptions } from '../../support/world-options';
import { startLine, type Leg, type Line, type Verdict } from './line';
import { requireRotated, rotateObserved, type Observer, type Rotation } from './observed-rotation';

export const VARIANTS = ['first-rotation', 'steady-state'] as const;
export type Variant = (typeof VARIANTS)[number];

/** A secret whose rotation reaches the server along a line that can be held, dropped and cut. */
export interface Scene {
  world: World;
  line: Line;
  close(): Promise<void>;
}

interface Watching extends Observer {
  /** @param task the state that made the connection */
  onLeg?: (leg: Leg, task: string) => Verdict | Promise<Verdict>;
  /** Told when the execution has ended, while legs may still wait for their verdict. */
  onEnd?: () => void;
}

/** @param line for a scene that has one already */
export async function makeScene(variant: Variant, options: WorldOptions = {}, line?: Line): Promise<Scene> {
  const way = line ?? (await startLine(server));
  const { host, port } = way;
  const world = await World.make({
    ...options,
    environment: { DB_ENDPOINTS: `${host}:${port}`, ...options.environment },
    secret: { host, port, ...options.secret },
  });
  const close = async (): Promise<void> => {
    await world.close();
    await way.close();
  };
  const scene = { world, line: way, close };
  if (variant === 'steady-state') await requireRotated(world);
  return scene;
}

/** Rotates, and asks `onLeg` of all that is said on the line. */
export async function rotateWatched(
  { world, line }: Scene,
  { onLeg = () => 'pass', onEnd, beforeAttempt, onFailure }: Watching,
): Promise<Rotation> {
  let task = '';
  const tasks: string[] = [];
  const asked: Promise<Verdict>[] = [];
  line.watch((leg) => {
    const verdict = Promise.resolve(onLeg(leg, (tasks[leg.connection] ??= task)));
    asked.push(verdict);
    return verdict;
  });
  const rotation = await rotateObserved(world, {
    beforeAttempt: async (name) => {
      task = name;
      await beforeAttempt?.(name);
    },
    ...(onFailure && { onFailure }),
  });
  onEnd?.();
  await Promise.all(asked); // a step does not wait for its goodbye to the server
  line.watch(() => 'pass');
  return rotation;
}

export interface NamedLeg extends Leg {
  /** Of the point at this leg: what the state `SetSecret` or `TestSecret` says or hears. */
  name: string;
}

/** Makes a scene for `use`, and takes it down whatever happens. */
export async function withScene(variant: Variant, use: (scene: Scene) => Promise<void>): Promise<void> {
  const scene = await makeScene(variant);
  try {
    await use(scene);
  } finally {
    await scene.close();
  }
}

/** The legs of a rotation without a fault. */
export async function legsOf(variant: Variant): Promise<NamedLeg[]> {
  const legs: NamedLeg[] = [];
  await withScene(variant, async (scene) => {
    const { record } = await rotateWatched(scene, {
      onLeg: (leg, task) => {
        const moment = leg.from === 'client' ? 'before' : 'answer';
        legs.push({ ...leg, name: `${task}/${moment}-${String(leg.index).padStart(2, '0')}` });
        return 'pass';
      },
    });
    if (record.status !== 'SUCCEEDED') throw new Error(`a rotation without a fault failed: ${record.error}`);
  });
  return legs;
}
