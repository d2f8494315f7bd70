import { isMandatory, parseMandatoryRoles } from '../../../lib/databases/mysql/rights/mandatory-roles';

describe('the roles of mandatory_roles', () => {
  it.each([
    ['', []],
    ['app', ['app@%']],
    ['a,b@h', ['a@%', 'b@h']],
    [' a , `b`@`%` ,c@10.0.0.% ', ['a@%', 'b@%', 'c@10.0.0.%']],
    ["'it''s'@'%', \"a\"\"b\", `c``d`@H", ["it's@%", 'a"b@%', 'c`d@h']],
    ["'a, b@c'@'d,e'", ['a, b@c@d,e']],
  ])('are read from %j', (list, expected) => {
    expect(parseMandatoryRoles(list).map(({ username, host }) => `${username}@${host}`)).toEqual(expected);
  });

  it('are told by name and host', () => {
    expect(isMandatory('a, b@h', { username: 'b', host: 'h' })).toBe(true);
    expect(isMandatory('a, b@h', { username: 'b', host: '%' })).toBe(false);
  });
});
