import { jobsFor } from '../../faults/jobs';
import { kinds } from '../../faults/kinds';

const wish = { seed: 1, bounded: false };

describe('the jobs of a run', () => {
  it('are all parts of all kinds when nothing else is asked for', () => {
    const parts = kinds.flatMap(({ name, parts: own = [''] }) => own.map((part) => [name, part]));
    expect(jobsFor(wish).jobs.map(({ kind, part }) => [kind, part])).toEqual(parts);
  });

  it.each([
    ['crash', 6, ''],
    ['crash:roles', 1, ''],
    ['crash/SetSecret', 6, 'SetSecret'],
    ['crash:roles/SetSecret/12 before', 1, 'SetSecret/12 before'],
    ['nothing', 0, ''],
    ['crash:nothing', 0, ''],
    ['cra', 0, ''],
  ])('of %s are %i', (only, count, point) => {
    const { jobs } = jobsFor({ ...wish, only });
    expect(jobs).toHaveLength(count);
    expect(jobs.filter((job) => job.only !== point)).toEqual([]);
  });

  it('have kinds with different names', () => {
    const names = kinds.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
