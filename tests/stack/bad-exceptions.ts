import type { Refused } from './bad-parameters';
import { APP, MASTER, REPORTS } from './combinations';

export const SECRETS = { APP_SECRET_ARNS: [APP, REPORTS], MASTER_SECRET_ARN: MASTER };

/** Whom a secret may act on: refused by its shape. */
export const MALFORMED_EXCEPTIONS: Refused[] = [
  ['a repair of every secret', { ...SECRETS, ALLOW_REPAIR: true }, 'ALLOW_REPAIR', '"true"'],
  ['a repair that is switched off', { ...SECRETS, ALLOW_REPAIR: false }, 'ALLOW_REPAIR', '"false"'],
  ['a repair by name', { ...SECRETS, ALLOW_REPAIR: 'example/app' }, 'ALLOW_REPAIR', '"example/app"'],
  [
    'a takeover by any secret',
    { ...SECRETS, ALLOW_TAKEOVER: ['app_clone'] },
    'ALLOW_TAKEOVER',
    '"app_clone"',
  ],
  ['a takeover of any user', { ...SECRETS, ALLOW_TAKEOVER: [APP] }, 'ALLOW_TAKEOVER', `"${APP}"`],
];

/** The same, refused for what other parameters say. */
export const STRANGE_EXCEPTIONS: Refused[] = [
  [
    'one pair for two secrets of one server',
    { ...SECRETS, APP_SECRET_ARNS: [APP, REPORTS], APP_USER_1: 'app', APP_USER_2: 'app_clone' },
    'APP_USER_1',
    '"app"',
  ],
  [
    'a repair of a secret that is not rotated',
    { ...SECRETS, ALLOW_REPAIR: [APP, `${APP}x`] },
    'ALLOW_REPAIR',
    `"${APP}x"`,
  ],
  [
    'a takeover by a secret that is not rotated',
    { ...SECRETS, ALLOW_TAKEOVER: `${MASTER}=app` },
    'ALLOW_TAKEOVER',
    `"${MASTER}=app"`,
  ],
];
