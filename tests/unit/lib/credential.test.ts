import { parseCredential, parseMasterCredential, withLogin } from '../../../lib/secrets/credential';

const FIELDS = { engine: 'mysql', host: 'db.example', username: 'app', password: 'p' };
const parse = (fields: object) => parseCredential(JSON.stringify({ ...FIELDS, ...fields }), 'the secret');

describe('a secret', () => {
  it('needs no more than engine, host and login', () => {
    expect(parse({})).toEqual({
      ...FIELDS,
      port: 3306,
      dbname: undefined,
      masterarn: undefined,
      ssl: undefined,
      document: FIELDS,
    });
  });

  it.each([
    [{ port: 3307 }, { port: 3307 }],
    [{ port: '3307' }, { port: 3307 }],
    [{ port: '03307' }, { port: 3307 }],
    [{ host: 'DB.Example' }, { host: 'db.example' }],
    [{ ssl: true }, { ssl: true }],
    [{ ssl: 'true' }, { ssl: true }],
    [{ ssl: 'TRUE' }, { ssl: true }],
    [{ ssl: false }, { ssl: false }],
    [{ ssl: 'False' }, { ssl: false }],
    [{ database: 'shop' }, { dbname: 'shop' }],
    [{ database: 'shop', dbname: 'other' }, { dbname: 'other' }],
    [{ engine: 'Aurora-MySQL' }, { engine: 'Aurora-MySQL' }],
  ])('%j is read as %j and kept as written', (fields, expected) => {
    const credential = parse(fields);

    expect(credential).toMatchObject(expected);
    expect(credential.document).toEqual({ ...FIELDS, ...fields });
  });

  it('keeps unknown fields, spelling and order when it gets another login', () => {
    const text =
      '{"zeta":[1],"username":"app","database":"shop","port":"3306","password":"p","host":"DB","engine":"mysql","ssl":"False","a":null}';

    expect(withLogin(parseCredential(text, 'x'), 'next', 'new')).toBe(
      text.replace('"app"', '"next"').replace('"p"', '"new"'),
    );
  });

  it('keeps numbers that JavaScript would write in another way', () => {
    const numbers = '"a":12345678901234567890,"b":[1.0,1e400,-0],"__proto__":{"c":0.10}';
    const text = `{"engine":"mysql","host":"db","username":"app","password":"p",${numbers}}`;

    expect(withLogin(parseCredential(text, 'x'), 'next', 'new')).toContain(numbers);
  });

  it('that is nested too deeply to be written again is refused by name', () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const text = `{"engine":"mysql","host":"db","username":"app","password":"p","deep":${deep}}`;

    expect(() => parseCredential(text, 'the secret')).toThrow(
      expect.objectContaining({
        name: 'SecretFormatError',
        message: 'the secret: the document is nested too deeply to be written again',
      }) as Error,
    );
  });

  it('of which a field is wrong is refused by the name of the field, not by what it holds', () => {
    expect(() => parse({ port: 'hunter2', ssl: 'hunter2', host: ['hunter2'] })).toThrow(
      expect.objectContaining({
        name: 'SecretFormatError',
        message:
          'the secret: host: expected a host name; port: expected a port number from 1 to 65535; ssl: expected true or false',
      }) as Error,
    );
  });
});

describe('a field that is a number', () => {
  it.each([['username'], ['password'], ['host'], ['engine']])(
    '%s, is called one, without its value',
    (name) => {
      expect(() => parse({ [name]: 87_654_321 })).toThrow(
        expect.objectContaining({
          name: 'SecretFormatError',
          message: expect.stringMatching(
            new RegExp(`^the secret: ${name}: expected .* as a text, found a number$`),
          ) as string,
        }) as Error,
      );
    },
  );
});

describe('the host of a secret', () => {
  it.each([
    'db',
    'DB.Example.Com',
    'db.example.com.',
    'my_db.internal',
    'xn--dtenbank-0za.example',
    'dätenbank.example',
    '10.0.0.7',
    '::1',
    '2001:db8::7',
    '::ffff:10.0.0.7',
    'fe80::1%eth0',
    'localhost',
    'db-1.cluster-abc.eu-west-1.rds.amazonaws.com',
  ])('may be %s', (host) => {
    expect(() => parse({ host })).not.toThrow();
  });

  it('may be an address of IPv6 in brackets, which are left out', () => {
    expect(parse({ host: '[2001:DB8::7]' }).host).toBe('2001:db8::7');
  });
});

describe('a master secret', () => {
  it('as RDS manages it holds only a login', () => {
    expect(parseMasterCredential('{"username":"m","password":"p"}', 'x')).toEqual({
      username: 'm',
      password: 'p',
      host: undefined,
      port: 3306,
      ssl: undefined,
    });
  });

  it('may hold whatever else', () => {
    const text = JSON.stringify({ ...FIELDS, engine: 'any', host: 'DB', port: '1', ssl: 'true', more: 1 });
    expect(parseMasterCredential(text, 'x')).toEqual({
      username: 'app',
      password: 'p',
      host: 'db',
      port: 1,
      ssl: true,
    });
  });
});
