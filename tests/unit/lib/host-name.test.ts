import { canonicalHost, hostAndPort } from '../../../lib/databases/host-name';

test.each([
  ['db.example', ['DB.Example', 'db.example.', 'DB.EXAMPLE.']],
  ['::1', ['[::1]', '0:0:0:0:0:0:0:1', '[0:0:0:0:0:0:0:1]', '::0001']],
  ['2001:db8::a', ['2001:DB8::A', '[2001:0db8:0:0::000a]']],
  ['10.0.0.1', ['10.0.0.1', '10.0.0.1.']],
])('the host %s is compared under one spelling', (canonical, spellings) => {
  expect(spellings.map(canonicalHost)).toEqual(spellings.map(() => canonical));
});

test.each(['db.example:3306', '[::1', '::1]', '[db.example]', '[::1]:3306', '[1:2]', '.', 'fe80::1%eth0'])(
  'the text %s, which is no plain host, is not turned into another host',
  (text) => {
    expect(canonicalHost(text).replace(/\.$/, '')).toBe(text.replace(/\.$/, ''));
  },
);

test('an IPv6 address is written in brackets before its port', () => {
  expect(hostAndPort({ host: '::1', port: 3306 })).toBe('[::1]:3306');
  expect(hostAndPort({ host: 'db.example', port: 1 })).toBe('db.example:1');
});
