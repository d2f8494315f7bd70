/**
 * Simulated time, in hundredths of the interval between the beginnings of two rotations. Nobody waits for it: what
 * an application's clock would say is told to it at each of these moments.
 */
export const INTERVAL = 100;

/** How long a rotation takes, from its beginning to the moment at which AWSCURRENT has moved. */
export const ROTATION = 10;

/** Where a rotation is. */
export type Phase = 'between-rotations' | 'before-set-secret' | 'after-set-secret';

/** The moments of an interval at which applications log in, by the phase of the rotation that begins with it. */
export const MOMENTS: Readonly<Record<Phase, readonly number[]>> = {
  'before-set-secret': [1, 2],
  'after-set-secret': [4, 6, 8],
  'between-rotations': [12, 20, 30, 40, 50, 60, 70, 80, 90, 98],
};

export const PHASES = ['between-rotations', 'before-set-secret', 'after-set-secret'] as const;
