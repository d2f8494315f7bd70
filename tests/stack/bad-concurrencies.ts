import type { Refused } from './bad-parameters';
import { SECRETS } from './bad-exceptions';

/** Values of PREFLIGHT_CONCURRENCY that are no whole number from 1 to 100. */
export const BAD_CONCURRENCIES: Refused[] = ['0', '101', '-1', '2.5', '1e1', 'ten', '1,2'].map((value) => [
  `a concurrency of preflights that is ${value}`,
  { ...SECRETS, PREFLIGHT_CONCURRENCY: value },
  'PREFLIGHT_CONCURRENCY',
  `"${value}"`,
]);
