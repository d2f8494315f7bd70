import { randomBytes, randomUUID } from 'node:crypto';
import type { Login } from './connect';

/** An application's part of a server, by name: what is made at the beginning and dropped at the end. */
export interface Cast {
  database: string;
  master: Login;
  appUsers: readonly [string, string];
}

/**
 * The names are this run's own, because the server may be somebody's, or another run's.
 * @param prefix tells an administrator who made them
 */
export function makeCast(prefix: 'demo' | 'lab' | 'bench'): Cast {
  const suffix = randomBytes(3).toString('hex');
  return {
    database: `${prefix}_shop_${suffix}`,
    master: { username: `${prefix}_master_${suffix}`, password: randomUUID() },
    appUsers: [`${prefix}_app_1_${suffix}`, `${prefix}_app_2_${suffix}`],
  };
}
