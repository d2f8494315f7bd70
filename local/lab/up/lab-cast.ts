import { randomBytes, randomUUID } from 'node:crypto';
import type { Cast } from '../../demo/cast';

/** The names are this lab's own, because the server may be somebody's, or another lab's. */
export function makeLabCast(): Cast {
  const suffix = randomBytes(3).toString('hex');
  return {
    database: `lab_shop_${suffix}`,
    master: { username: `lab_master_${suffix}`, password: randomUUID() },
    appUsers: [`lab_app_1_${suffix}`, `lab_app_2_${suffix}`],
  };
}
