import TestSequencer from '@jest/test-sequencer';

/**
 * What takes longest, in this order. On a fresh checkout jest knows no durations and begins with the largest files, so
 * that the longest test of all, which is a short text, would run last and alone.
 */
const LONGEST = [
  'account-property-mariadb',
  'account-property',
  'bundled',
  'kickoff-configuration-test',
  'packaging-combinations',
  'verify-aws',
  'shapes-mariadb',
  'shapes',
  'interruptions',
];

/** @param {{ path: string }} test */
const rankOf = ({ path }) => {
  const rank = LONGEST.findIndex((name) => path.endsWith(`/${name}.test.ts`));
  return rank === -1 ? LONGEST.length : rank;
};

/** Jest's own order, behind those that take longest. */
export default class LongestFirst extends TestSequencer {
  /**
   * @param {{ path: string }[]} tests
   * @returns {{ path: string }[]}
   */
  sort(tests) {
    const usual = /** @type {{ path: string }[]} */ (super.sort(tests));
    return usual.sort((one, other) => rankOf(one) - rankOf(other));
  }
}
