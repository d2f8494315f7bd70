import type { FaultKind } from './kind';
import { kinds } from './kinds';
import type { Job } from './messages';

interface Wish {
  only?: string;
  seed: number;
  bounded: boolean;
}

/** `kind`, `kind:part`, `kind/point` or `kind:part/point`; a point may be given by its beginning. */
const ONLY = /^(?<kind>[^:/]+)(?::(?<part>[^/]+))?(?:\/(?<point>.+))?$/;

/** The processes that a run needs, one for each part of each kind that is wanted. */
export function jobsFor({ only = '', seed, bounded }: Wish): { jobs: Job[]; wanted: FaultKind[] } {
  const named = ONLY.exec(only)?.groups ?? {};
  const wanted = kinds.filter(({ name }) => only === '' || name === named['kind']);
  const jobs = wanted.flatMap(({ name, parts = [''] }) =>
    parts
      .filter((part) => named['part'] === undefined || part === named['part'])
      .map((part) => ({ kind: name, part, seed, isBounded: bounded, only: named['point'] ?? '' })),
  );
  return { jobs, wanted };
}
