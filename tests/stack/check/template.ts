import type { Template as Packaged } from '../package-combination';

export type { Resource } from '../package-combination';

/** A packaged template, with the sections that ours leaves out as well: a check must notice them. */
export interface Template extends Packaged {
  Parameters?: Record<string, unknown>;
  Conditions?: Record<string, unknown>;
}
