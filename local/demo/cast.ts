import { randomBytes, randomUUID } from 'node:crypto';
import type { Login } from './connect';

/** Everything that the demo makes on the server, by name. */
export interface Cast {
  database: string;
  master: Login;
  appUsers: readonly [string, string];
}

/** The names are this run's own, because the server may be somebody's, or another demo's. */
export function makeCast(): Cast {
  const suffix = randomBytes(3).toString('hex');
  return {
    database: `demo_shop_${suffix}`,
    master: { username: `demo_master_${suffix}`, password: randomUUID() },
    appUsers: [`demo_app_1_${suffix}`, `demo_app_2_${suffix}`],
  };
}
