import type { DatabaseServer } from '../../local/database/database-server';
import { PasswordPolicyError } from '../../lib/errors';
import { exactRows } from '../shapes/compare';
import { nextPassword, ShapePair } from '../shapes/pair';
import { tracesOf, watchStatements } from '../shapes/password-traces';
import type { Shape } from '../shapes/shape';
import { ShapeServer } from '../shapes/shape-server';
import { startMariadb, startPrivateMysql } from '../shapes/started-servers';

const PLAIN: Shape = {
  name: 'an application',
  username: (prefix) => `${prefix}application`,
  rights: ({ user, db }) => [`GRANT SELECT ON ${db}.* TO ${user}`],
};

/** Logs and password rules are the whole server's, hence servers of their own. */
describe.each([
  ['MySQL', undefined],
  ['MariaDB', 'bookworm'],
  ['MariaDB', 'trixie'],
] as const)('%s %s: the pending password', (product, suite) => {
  let started: DatabaseServer;
  let server: ShapeServer;
  let pair: ShapePair;

  beforeAll(async () => {
    started = suite === undefined ? await startPrivateMysql() : await startMariadb(suite);
    server = await ShapeServer.open(started);
  });

  afterAll(async () => {
    await started.stop();
  });

  beforeEach(async () => {
    pair = new ShapePair(server, PLAIN);
    await pair.make();
  });

  afterEach(async () => {
    await pair.drop();
  });

  it('stands nowhere in what the server writes down', async () => {
    await watchStatements(server);
    const passwords = [nextPassword(), nextPassword()];
    for (const password of passwords) await pair.clone(password);
    await pair.inspect(pair.users[1], passwords[1] ?? '');
    // The clone itself was written down, or nothing would be proved.
    expect(await tracesOf(server, `CREATE USER \`${pair.users[1]}\``)).not.toEqual([]);
    for (const password of passwords) expect(await tracesOf(server, password)).toEqual([]);
  });

  it('would be found if it stood there', async () => {
    await watchStatements(server);
    const secret = nextPassword();
    // MySQL masks the passwords of account statements, unless it cannot read them; MariaDB masks nothing.
    await server.rows(`SELECT '${secret}' AS secret`);
    expect(await tracesOf(server, secret)).not.toEqual([]);
    if (product === 'MySQL') return;
    const cleartext = nextPassword();
    await server.run(`ALTER USER ${pair.names.user} IDENTIFIED BY '${cleartext}'`);
    expect(await tracesOf(server, cleartext)).not.toEqual([]);
  });

  if (product === 'MySQL') {
    describe('against the component validate_password', () => {
      beforeAll(async () => {
        await server.run("INSTALL COMPONENT 'file://component_validate_password'");
      });

      afterAll(async () => {
        await server.run("UNINSTALL COMPONENT 'file://component_validate_password'");
      });

      it.each([
        ['validate_password.length', 40, 'Aa1!-0123456789-xxxxxxxxxxxxxxxx'],
        ['validate_password.mixed_case_count', 1, 'aa1!-0123456789-xxxxxxxxxxxxxxxx'],
        ['validate_password.mixed_case_count', 1, 'AA1!-0123456789-XXXXXXXXXXXXXXXX'],
        ['validate_password.number_count', 1, 'Aaa!-xxxxxxxxxxxxxxxxxxxxxxxxxxx'],
        ['validate_password.special_char_count', 1, 'Aa10123456789xxxxxxxxxxxxxxxxxxx'],
        ['validate_password.check_user_name', 'ON', '@STANDBY'],
      ])('is refused by %s = %s, and nothing is changed', async (variable, value, password) => {
        const [{ before } = { before: undefined }] = await server.rows(
          `SELECT @@GLOBAL.${variable} AS \`before\``,
        );
        const level = variable.endsWith('user_name') ? 'LOW' : 'MEDIUM';
        await server.run(
          `SET GLOBAL ${variable} = ${value}`,
          `SET GLOBAL validate_password.policy = ${level}`,
        );
        const refusal: unknown = await pair
          .clone(password.replace('@STANDBY', pair.users[1]))
          .catch((error: unknown) => error);
        await server.run(`SET GLOBAL ${variable} = ${String(before)}`);
        expect(refusal).toBeInstanceOf(PasswordPolicyError);
        expect((refusal as Error).message).toContain(variable);
        expect((refusal as Error).message).not.toContain(password);
        expect(await server.hostsOf(pair.users[1])).toEqual([]);
      });

      it('is accepted when it keeps every rule', async () => {
        await server.run(
          'SET GLOBAL validate_password.policy = STRONG',
          'SET GLOBAL validate_password.length = 32',
        );
        await pair.clone(nextPassword());
        expect(await pair.differences()).toEqual([]);
      });
    });
  } else {
    describe('against the plugin simple_password_check', () => {
      beforeAll(async () => {
        await server.run("INSTALL SONAME 'simple_password_check'");
      });

      afterAll(async () => {
        await server.run("UNINSTALL SONAME 'simple_password_check'");
      });

      it.each([
        ['simple_password_check_minimal_length', 40, 'Aa1!-0123456789-xxxxxxxxxxxxxxxx'],
        ['simple_password_check_letters_same_case', 1, 'aa1!-0123456789-xxxxxxxxxxxxxxxx'],
        ['simple_password_check_letters_same_case', 1, 'AA1!-0123456789-XXXXXXXXXXXXXXXX'],
        ['simple_password_check_digits', 1, 'Aaa!-xxxxxxxxxxxxxxxxxxxxxxxxxxx'],
        ['simple_password_check_other_characters', 1, 'Aa10123456789xxxxxxxxxxxxxxxxxxx'],
      ])('is refused by %s = %s, and nothing is changed', async (variable, value, password) => {
        const [{ before } = { before: undefined }] = await server.rows(
          `SELECT @@GLOBAL.${variable} AS \`before\``,
        );
        await server.run(`SET GLOBAL ${variable} = ${value}`);
        const refusal: unknown = await pair.clone(password).catch((error: unknown) => error);
        await server.run(`SET GLOBAL ${variable} = ${String(before)}`);
        expect(refusal).toBeInstanceOf(PasswordPolicyError);
        expect((refusal as Error).message).toContain(variable);
        expect((refusal as Error).message).not.toContain(password);
        expect(await server.hostsOf(pair.users[1])).toEqual([]);
      });

      it.each([
        ['ON', true],
        ['OFF', false],
      ])(
        'is sent itself, with a warning, only while strict_password_validation is %s',
        async (strict, isSent) => {
          await server.run(`SET GLOBAL strict_password_validation = ${strict}`);
          const password = nextPassword();
          const { warnings } = await pair.clone(password);
          expect(warnings.some((warning) => warning.includes('the password itself was sent'))).toBe(isSent);
          expect(await pair.differences()).toEqual([]);
          await pair.inspect(pair.users[1], password);
          // Once it is there, a repetition need not send it again.
          const before = await exactRows(server, pair.users[1]);
          expect((await pair.clone(password)).changed).toBe(false);
          expect(await exactRows(server, pair.users[1])).toBe(before);
        },
      );
    });
  }
});
