import { resolveIntrinsics, type Names } from '../../../local/stack/intrinsics';

const names: Names = {
  ref: (name) => (name === 'AWS::NoValue' ? undefined : `<${name}>`),
  attribute: (resource, attribute) => `<${resource} ${attribute}>`,
};
const resolve = (value: unknown): unknown => resolveIntrinsics(value, names);

describe('an intrinsic function', () => {
  it.each([
    ['Ref', { Ref: 'AWS::Region' }, '<AWS::Region>'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, '<Queue Arn>'],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Database.Endpoint.Port' }, '<Database Endpoint.Port>'],
    ['Fn::Join', { 'Fn::Join': [':', ['arn', { Ref: 'A' }, 7, { Ref: 'AWS::NoValue' }]] }, 'arn:<A>:7'],
    [
      'Fn::Sub of names',
      { 'Fn::Sub': 'arn:${AWS::Partition}:${Role.Arn}' },
      'arn:<AWS::Partition>:<Role Arn>',
    ],
    [
      'Fn::Sub with names of its own',
      { 'Fn::Sub': ['${one} ${two}', { one: { 'Fn::GetAtt': ['F', 'Arn'] } }] },
      '<F Arn> <two>',
    ],
    [
      'Fn::Sub of a literal',
      { 'Fn::Sub': '${!one} $.path $$.Execution.Id' },
      '${one} $.path $$.Execution.Id',
    ],
  ])('is computed: %s', (_title, value, expected) => {
    expect(resolve(value)).toBe(expected);
  });

  it('is found at any depth, and AWS::NoValue takes its property away', () => {
    const nothing = { Ref: 'AWS::NoValue' };
    expect(resolve({ a: [{ b: { Ref: 'X' } }, nothing], c: nothing, d: null, e: 1 })).toEqual({
      a: [{ b: '<X>' }],
      d: null,
      e: 1,
    });
  });

  it('leaves a substituted value as it is, whatever is in it', () => {
    const echo: Names = { ...names, ref: () => '${AWS::Region} $&' };
    expect(resolveIntrinsics({ 'Fn::Sub': '[${Any}]' }, echo)).toBe('[${AWS::Region} $&]');
  });

  it.each([
    ['is not one of the four', { 'Fn::If': ['Condition', 1, 2] }, /^Fn::If: only Ref/],
    [
      'joins what is not text',
      { 'Fn::Join': [',', [{ a: 1 }]] },
      /^Fn::Join: expected text, found \{"a":1\}/,
    ],
    ['substitutes nothing', { 'Fn::Sub': '${AWS::NoValue}' }, /^Fn::Sub: expected text/],
  ])('is refused when it %s', (_title, value, why) => {
    expect(() => resolve(value)).toThrow(why);
  });
});
