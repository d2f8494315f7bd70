import type { ServerProduct } from '../../local/database/server-product';

export type Product = ServerProduct['product'];

/** What exists on a server for all shapes: nothing of it belongs to a user of a shape. All names are unquoted. */
export interface Fixture {
  /** Starts every name made for one run, so that runs do not meet. */
  prefix: string;
  /** Has an underscore in its name; tables `t` and `t2` (a, b, c) and `weird`; routines `p`, `p2` and `f`. */
  database: string;
  /** Its name holds everything a name may: quotes, a backtick, a dot, wildcards, ` TO `, letters of Europe. */
  oddDatabase: string;
  roles: readonly [string, string, string];
  /** A role with a blank, quotes and, on MySQL, a host. Quoted, since products write it in different ways. */
  oddRole: string;
  /** A user on whose behalf others may act. */
  proxied: string;
  otherProxied: string;
}

/** The names that the statements of one shape use, quoted. */
export interface Names extends Fixture {
  /** The database of the fixture; as a pattern it matches other databases too. */
  db: string;
  /** The same as a pattern that matches only itself. */
  dbOnly: string;
  odd: string;
  /** The user the statements are about, at `%`. */
  user: string;
  /** The same at another host. */
  at: (host: string) => string;
  /** Its password, as a text literal. */
  password: string;
}

/** One way in which an account can be, and what must hold when it is mirrored. */
export interface Shape {
  name: string;
  /** The one product that knows it. */
  on?: Product;
  /** First version that knows it, `[major, minor]`. */
  since?: readonly [number, number];
  /** What stands before the password in CREATE USER; default IDENTIFIED BY. */
  identified?: string;
  /** Clauses of CREATE USER behind the password. */
  options?: string;
  /** A user name, in place of the prefix followed by a letter. */
  username?: (prefix: string) => string;
  /** Statements after CREATE USER. */
  rights?: (names: Names) => string[];
  /** Statements that make a standby which is there before the first rotation. */
  standby?: (names: Names) => string[];
  /** Statements that drop what the shape made beside its users. */
  remove?: (names: Names) => string[];
  /** Why the server does not let this be mirrored; it must be refused by this error, and no login given. */
  refused?: RegExp;
  /** False: no login is possible from here, for want of a certificate or because of a host. */
  logsIn?: boolean;
  /** False: the current user cannot log in, its standby can. */
  currentLogsIn?: boolean;
  /** Differences that cannot be helped; anything else must be equal. */
  lost?: RegExp;
  /** Rights that must be reported as left out. */
  skipped?: (names: Names) => string[];
  /** The server wide setting that it needs: it cannot share a server with other tests. */
  needs?: 'partial_revokes';
  /** Whoever rotates must be root; default a master with every right except SUPER. */
  by?: 'root';
}

/** An identifier in backticks. */
export function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

export function quoteAt(username: string, host: string): string {
  return `${quote(username)}@${quote(host)}`;
}

/** A text literal; no shape turns backslash escapes off. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

export function namesFor(fixture: Fixture, username: string, password: string): Names {
  return {
    ...fixture,
    db: quote(fixture.database),
    dbOnly: quote(fixture.database.replaceAll('_', String.raw`\_`)),
    odd: quote(fixture.oddDatabase),
    user: quoteAt(username, '%'),
    at: (host) => quoteAt(username, host),
    password: literal(password),
  };
}
