export interface ServerProduct {
  product: 'MySQL' | 'MariaDB';
  version: string;
}

/** Understands both `SELECT VERSION()` and `mysqld --version`; undefined when there is no version in it. */
export function parseServerVersion(text: string): ServerProduct | undefined {
  // `mysqld --version` begins with the program's path, which may hold numbers too.
  const version = /(?:Ver |^)(\d+\.\d+\.\d+)/.exec(text)?.[1];
  if (version === undefined) return undefined;
  return { product: /mariadb/i.test(text) ? 'MariaDB' : 'MySQL', version };
}
