import { parseParameters } from '../../config/parameters.cjs';
import { readConfig } from '../../lib/config';
import { SECRETS } from './bad-parameters';
import { MASTER } from './combinations';

const SECOND = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:second/master=b-GhIjKl';
const ONE = { ...SECRETS, MASTER_SECRET_ARN: MASTER };
const TWO = { ...SECRETS, MASTER_SECRET_ARN: `${MASTER},${SECOND}` };

const attempt = (judge: () => unknown): string => {
  try {
    judge();
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
};

/** The same setting as packaging judges it, and as a Lambda does when it starts. */
const judged = (parameters: typeof ONE, endpoints: string) => ({
  packaging: attempt(() => parseParameters({ ...parameters, DB_ENDPOINTS: endpoints })),
  lambda: attempt(() =>
    readConfig({ MASTER_SECRET_ARN: parameters.MASTER_SECRET_ARN, DB_ENDPOINTS: endpoints }),
  ),
});

test.each([
  ['a host and port, with one master', ONE, 'db.example:3306'],
  ['the one master, host and port', ONE, `${MASTER}=db.example:3306`],
  ['an IPv6 address, with one master', ONE, '[2001:db8::1]:3306,db:1'],
  ['an endpoint of each master', TWO, `${MASTER}=a.example:3306, ${SECOND}=[::1]:3307`],
  ['two endpoints of one of two masters', TWO, `${SECOND}=a:3306,${SECOND}=b:3306`],
])('DB_ENDPOINTS is accepted by packaging and by the Lambdas: %s', (_case, parameters, endpoints) => {
  expect(judged(parameters, endpoints)).toEqual({ packaging: 'accepted', lambda: 'accepted' });
});

test.each([
  ['no master before an endpoint, with two', TWO, 'db:3306', 'db:3306'],
  ['no master before the last endpoint, with two', TWO, `${MASTER}=a:1,b:2`, 'b:2'],
  ['a master that is not listed', ONE, `${SECOND}=a:1`, `${SECOND}=a:1`],
  ["a master's ARN without its six characters", TWO, `${MASTER.slice(0, -7)}=a:1`, 'shop/master=a:1'],
  ['a master by its name', TWO, 'shop/master=a:1', 'shop/master=a:1'],
  ['no port', ONE, `${MASTER}=db`, `${MASTER}=db`],
  ['a port with a leading zero', ONE, 'db:03306', 'db:03306'],
  ['an IPv6 address without brackets', ONE, '::1:3306', '::1:3306'],
  ['nothing before the sign', TWO, '=a:1', '=a:1'],
])('DB_ENDPOINTS is refused by packaging and by the Lambdas: %s', (_case, parameters, endpoints, found) => {
  const { packaging, lambda } = judged(parameters, endpoints);
  expect(packaging).toMatch(/^DB_ENDPOINTS: expected .*, found ".*", for example \S+:\d+$/);
  expect(packaging).toContain(found);
  expect(lambda).toMatch(/^DB_ENDPOINTS expected /);
  expect(lambda).toContain(found);
});

test('the refusal of an endpoint that says no master gives an entry that would be accepted', () => {
  const { packaging } = judged(TWO, 'db.example:3306');
  const [example = ''] = packaging.match(/\S+$/) ?? [];
  expect(judged(TWO, example)).toEqual({ packaging: 'accepted', lambda: 'accepted' });
});
