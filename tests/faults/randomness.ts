import { createHash } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Choices that a seed determines. */
export interface Randomness {
  /** A whole number from 0 to `count` - 1. */
  below(count: number): number;
  /** One of them. @throws when there is none */
  pick<Item>(items: readonly Item[]): Item;
  /** `count` of them, or all, in their own order. */
  sample<Item>(items: readonly Item[], count: number): Item[];
}

/** @param purpose what the choices are for; two purposes of one seed choose independently */
export function randomnessOf(seed: number, purpose: string): Randomness {
  const digest = createHash('sha256').update(`${seed}/${purpose}`).digest();
  const generator = xoroshiro128plus(digest.readInt32BE());
  const below = (count: number): number => uniformInt(generator, 0, count - 1);
  return {
    below,
    pick: (items) => {
      if (items.length === 0) throw new Error(`${purpose}: nothing to choose from`);
      return items[below(items.length)] as (typeof items)[number];
    },
    sample: (items, count) => {
      const chosen = new Set<number>();
      while (chosen.size < Math.min(count, items.length)) chosen.add(below(items.length));
      return items.filter((_item, index) => chosen.has(index));
    },
  };
}
