import type { World } from '../../support/world';
import { startFaultCloud, type FaultCloud } from './fault-cloud';
import { Oracle } from './oracle';
import { variants, type Variant } from './variants';

/** Where the points of one variant are acted: the cloud, the oracle, and a world that is new wherever it must be. */
export interface Stage {
  cloud: FaultCloud;
  oracle: Oracle;
  /** Lends a world of the variant: the last one, if rotations of it are all alike and nothing went wrong in it. */
  withWorld: <Result>(use: (world: World) => Promise<Result>) => Promise<Result>;
}

/** @param name one of `variants` */
export function variantOf(name: string): Variant {
  const variant = variants.find((each) => each.name === name);
  if (variant === undefined) throw new Error(`no variant is called ${name}`);
  return variant;
}

export async function withStage(variant: Variant, use: (stage: Stage) => Promise<void>): Promise<void> {
  const cloud = await startFaultCloud();
  const oracle = await Oracle.open();
  let kept: World | undefined;
  try {
    await use({
      cloud,
      oracle,
      withWorld: async (useWorld) => {
        const world = kept ?? (await variant.make(cloud));
        kept = undefined;
        try {
          const result = await useWorld(world);
          if (variant.isRepeatable) kept = world;
          return result;
        } finally {
          if (kept === undefined) await world.close();
        }
      },
    });
  } finally {
    await kept?.close();
    await oracle.close();
    await cloud.close();
  }
}
