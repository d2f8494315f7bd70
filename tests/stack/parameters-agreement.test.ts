import { parseParameters } from '../../config/parameters.cjs';
import { readConfig, readKickoffConfig, readNoticeConfig } from '../../lib/config';
import { SECRETS } from './bad-parameters';
import { APP, MASTER, REPORTS } from './combinations';

const ENVIRONMENT = {
  APP_SECRET_ARNS: SECRETS.APP_SECRET_ARNS.join(),
  MASTER_SECRET_ARN: SECRETS.MASTER_SECRET_ARN,
  STATE_MACHINE_ARN: 'arn:aws:states:eu-central-1:111122223333:stateMachine:rotation',
  NOTICE_TOPIC_ARN: 'arn:aws:sns:eu-central-1:111122223333:notices',
};

function accepts(judge: () => unknown): boolean {
  try {
    judge();
    return true;
  } catch {
    return false;
  }
}

/** Values on both sides of each limit, and of each shape. */
const VALUES: [string, string[]][] = [
  ['PASSWORD_LENGTH', ['7', '8', '256', '257', '32.5', 'long', '']],
  ['KICKOFF_WAIT', ['0', '600', '601', '-1', 'long']],
  [
    'DB_ENDPOINTS',
    ['db:1', 'db:65535', 'db:65536', 'db:0', 'db', 'http://db:3306', 'a:1,b:2', 'a:1,b', 'a b:3306'],
  ],
  ['DB_ALLOW_PLAINTEXT_FALLBACK', ['true', 'false', 'yes', '1', '']],
  ['ALLOW_REPAIR', ['true', 'false', 'TRUE', APP, `${APP},${APP}`, REPORTS, `${APP}=app_clone`, MASTER, '']],
  [
    'ALLOW_TAKEOVER',
    [`${APP}=app_clone`, `${APP}=a=b`, `${APP}=`, `=${APP}`, APP, 'app_clone', `${MASTER}=app`, 'true', ''],
  ],
  ['ALLOW_INITIAL_SETUP', ['true', 'false', 'app_db,other']],
  ['APP_USER_1', ['app', '']],
  ['RUNBOOK_URL', ['https://wiki.example.com/x', 'http://wiki/', 'ftp://wiki.example.com', 'runbook']],
];

describe.each(VALUES)('%s', (name, values) => {
  test.each(values)('"%s" is judged alike when packaging and when a Lambda starts', (value) => {
    const atPackaging = accepts(() => parseParameters({ ...SECRETS, [name]: value }));
    const environment = { ...ENVIRONMENT, [name]: value };
    const atStart = accepts(() => [
      readConfig(environment),
      readKickoffConfig(environment),
      readNoticeConfig(environment),
    ]);
    expect([name, value, atPackaging]).toEqual([name, value, atStart]);
  });
});
