import * as fc from 'fast-check';
import { connectAs } from '../../support/database';
import { Oracle } from '../harness/oracle';
import type { Arena } from './arena';
import { once } from './prepared-rotation';
import { property, type Check } from './property';
import { errorProblem } from './harm';

/** Two users, a password and a database, called as a server allows it. */
interface Case {
  users: [string, string];
  password: string;
  database: string;
}

const CHARACTERS = 'abzAZ09 _%\\\'"`@.,;:*?$#-/()[]{}<>|&!^~=+äßéñ北пא'.split('');

/** Longest user name and database name of MySQL, in characters, less what makes each unique. */
const USER_CHARACTERS = 20;
const DATABASE_CHARACTERS = 40;

const nameOf = (most: number): fc.Arbitrary<string> =>
  // Blanks around a name belong to it nowhere: the server takes them off, or refuses them.
  fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: most }).map((name) => name.trim());

const cases: fc.Arbitrary<Case> = fc.record({
  users: fc.tuple(nameOf(USER_CHARACTERS), nameOf(USER_CHARACTERS)),
  password: fc.string({ unit: fc.constantFrom(...CHARACTERS, '👩', '\u2028'), minLength: 1, maxLength: 120 }),
  database: nameOf(DATABASE_CHARACTERS),
});

/** `_` and `%` are wildcards where rights are given on a database. */
const literalPattern = (database: string): string => database.replaceAll(/[\\_%]/g, String.raw`\$&`);

let counter = 0;

async function breaks(arena: Arena, oracle: Oracle, given: Case): Promise<string | undefined> {
  counter += 1;
  const { admin, id } = arena.world;
  const unique = `${id}_${counter}`;
  const users = [`${given.users[0]}${unique}a`, `${given.users[1]}${unique}b`] as const;
  const database = `${given.database}${unique}d`;
  const quoted = `\`${database.replaceAll('`', '``')}\``;
  const pattern = `\`${literalPattern(database).replaceAll('`', '``')}\``;
  try {
    await admin.run(
      `CREATE DATABASE ${quoted}`,
      `CREATE TABLE ${quoted}.item (id INT PRIMARY KEY AUTO_INCREMENT, name TEXT)`,
    );
    await admin.rows("CREATE USER ?@'%' IDENTIFIED BY ?", [users[0], given.password]);
    await admin.rows(`GRANT SELECT, INSERT, UPDATE ON ${pattern}.* TO ?@'%'`, [users[0]]);
    await admin.rows(`GRANT ALL ON ${pattern}.* TO ?@'%' WITH GRANT OPTION`, [arena.world.master.username]);
    return await rotateThereAndBack(arena, oracle, users, { ...given, database });
  } finally {
    for (const user of users) await admin.rows("DROP USER IF EXISTS ?@'%'", [user]);
    for (const right of ['ALL', 'GRANT OPTION']) {
      await admin.rows(`REVOKE IF EXISTS ${right} ON ${pattern}.* FROM ?@'%'`, [arena.world.master.username]);
    }
    await admin.run(`DROP DATABASE IF EXISTS ${quoted}`);
  }
}

async function rotateThereAndBack(
  arena: Arena,
  oracle: Oracle,
  users: readonly [string, string],
  { password, database }: Case,
): Promise<string | undefined> {
  const { world } = arena;
  arena.newSecret(JSON.stringify({ ...arena.document(), username: users[0], password, dbname: database }));
  for (const expected of [users[1], users[0]]) {
    const {
      status,
      error: name = status,
      cause: message = '',
    } = await withUsers(users, () => world.rotate());
    if (status !== 'SUCCEEDED')
      return errorProblem({ name, message }, arena) ?? `was refused: ${name}: ${message}`;
    const secret = await world.secret();
    if (secret.username !== expected) return 'the secret names another user than the standby';
    const session = await connectAs(secret, database);
    await session.query('SELECT COUNT(*) FROM item');
    await session.end();
    const difference = (await oracle.differences({ users })).join('; ');
    if (difference !== '') return `the two users differ: ${difference}`;
  }
  return undefined;
}

async function withUsers<Result>(
  [first, second]: readonly [string, string],
  use: () => Promise<Result>,
): Promise<Result> {
  const { APP_USER_1: one = '', APP_USER_2: other = '' } = process.env;
  Object.assign(process.env, { APP_USER_1: first, APP_USER_2: second });
  try {
    return await use();
  } finally {
    Object.assign(process.env, { APP_USER_1: one, APP_USER_2: other });
  }
}

/** Users, passwords and databases that are called as nobody would call them, and are well-formed. */
export function nameProperties(arena: Arena): Check[] {
  const oracle = once(async () => {
    const opened = await Oracle.open();
    arena.afterwards(() => opened.close());
    return opened;
  });
  return [
    property({
      name: 'names/execution',
      bounded: 5,
      whole: 100,
      cases,
      breaks: async (given) => breaks(arena, await oracle(), given),
    }),
  ];
}
