import fc from 'fast-check';
import { randomnessOf } from '../../faults/randomness';

describe('randomness of a seed', () => {
  it('is the same again, and another for another purpose', () => {
    const chosen = (purpose: string): number[] => {
      const random = randomnessOf(7, purpose);
      return Array.from({ length: 20 }, () => random.below(1_000));
    };
    expect(chosen('a')).toEqual(chosen('a'));
    expect(chosen('a')).not.toEqual(chosen('b'));
  });

  it('takes a sample in its own order, each item once', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.nat(), (length, count, seed) => {
        const items = Array.from({ length }, (_, index) => index);
        const sample = randomnessOf(seed, 'sample').sample(items, count);
        expect(sample).toHaveLength(Math.min(length, count));
        expect([...new Set(sample)].sort((a, b) => a - b)).toEqual(sample);
      }),
    );
  });

  it('refuses to choose from nothing', () => {
    expect(() => randomnessOf(1, 'nothing').pick([])).toThrow('nothing: nothing to choose from');
  });
});
