import type { Login } from '../../lib/databases/engine';
import { MysqlEngine } from '../../lib/databases/mysql/mysql-engine';
import { PASSWORD, type LoginServer } from './login-server';

const users = { current: 'app_a', standby: 'app_b' };
export const LEAST: Login = { username: 'app_master', password: PASSWORD, tls: 'verified' };

/** What a preflight would warn of, for a master with the least rights unless it is another one. */
export async function warningsOn({ server }: LoginServer, master: Login = LEAST) {
  const engine = new MysqlEngine(server.caBundlePath);
  const found = await engine.withPair(server, master, users, (pair) => pair.outsideWarnings());
  // Every private MySQL is started with an init_file.
  return found.filter((warning) => server.product === 'MariaDB' || !warning.startsWith('init_file '));
}

export async function makePair(login: LoginServer): Promise<void> {
  await login.makeUser(LEAST.username, ['%']);
  await login.run(
    `GRANT CREATE USER ON *.* TO '${LEAST.username}'@'%'`,
    `GRANT SELECT ON mysql.* TO '${LEAST.username}'@'%'`,
    'CREATE DATABASE IF NOT EXISTS shop',
    `GRANT ALL PRIVILEGES ON shop.* TO '${LEAST.username}'@'%' WITH GRANT OPTION`,
  );
  await login.makeUser('app_a', ['%']);
  await login.makeUser('app_b', ['%']);
}

/** Something outside both accounts: what it is, statements that bring it about and undo it, and the warning. */
export type Mention = readonly [
  what: string,
  before: readonly string[],
  after: readonly string[],
  saying: RegExp,
];

export const link = (name: string, user: string) =>
  `CREATE SERVER ${name} FOREIGN DATA WRAPPER mysql OPTIONS (HOST 'db.example', USER '${user}', PASSWORD 'link-password')`;

const everywhere: readonly Mention[] = [
  [
    'a server link with the current user',
    [link('link_a', 'app_a')],
    ['DROP SERVER link_a'],
    /^mysql\.servers: the server link link_a logs in as app_a with a password of its own/,
  ],
  [
    'a server link with the standby user',
    [link('link_b', 'app_b')],
    ['DROP SERVER link_b'],
    /the server link link_b logs in as app_b/,
  ],
  [
    'a user that may act as one of them',
    ['CREATE USER app_front', "GRANT PROXY ON 'app_a'@'%' TO app_front"],
    ['DROP USER app_front'],
    /^mysql\.proxies_priv: app_front@% may act as app_a and not as app_b: GRANT PROXY on both/,
  ],
  [
    'an init_connect that names one of them',
    ["SET GLOBAL init_connect = 'SET @who = IF(CURRENT_USER() LIKE ''app_a@%'', 1, 0)'"],
    ["SET GLOBAL init_connect = ''"],
    /^init_connect names app_a and not app_b: name both/,
  ],
  [
    'a user that may log in as a replica',
    ["GRANT REPLICATION SLAVE ON *.* TO 'app_a'@'%'"],
    ["REVOKE REPLICATION SLAVE ON *.* FROM 'app_a'@'%'"],
    /^app_a may log in as a replica \(REPLICATION SLAVE\)/,
  ],
  [
    'an account of RDS Proxy',
    ["CREATE USER 'rdsproxyadmin'@'localhost'"],
    ["DROP USER 'rdsproxyadmin'@'localhost'"],
    /^an RDS Proxy seems to stand before this server/,
  ],
  [
    'a view that one of them defined',
    ["GRANT SELECT ON shop.* TO 'app_a'@'%'", "CREATE DEFINER = 'app_a'@'%' VIEW shop.v AS SELECT 1 AS x"],
    ['DROP VIEW shop.v', "REVOKE SELECT ON shop.* FROM 'app_a'@'%'"],
    /^objects with one of the pair as DEFINER: view shop\.v \(app_a@%\)/,
  ],
];

const onMysql: readonly Mention[] = [
  [
    'a user that is a role of another',
    ['CREATE USER app_other', "GRANT 'app_a'@'%' TO app_other"],
    ['DROP USER app_other'],
    /^mysql\.role_edges: app_a is a role of app_other@%, and app_b is not/,
  ],
  [
    'a role that every user has',
    ["SET GLOBAL mandatory_roles = 'app_a'"],
    ["SET GLOBAL mandatory_roles = ''"],
    /^mandatory_roles makes app_a a role of every user, and not app_b/,
  ],
  [
    'a replication channel',
    [
      "CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'db.example', SOURCE_USER = 'app_a', SOURCE_PASSWORD = 'link-password' FOR CHANNEL 'side'",
    ],
    ["RESET REPLICA ALL FOR CHANNEL 'side'"],
    /^mysql\.slave_master_info: the replication channel "side" logs in as app_a/,
  ],
  [
    'an old password that the current user retains',
    [`ALTER USER 'app_a'@'%' IDENTIFIED BY 'Newer-1-password' RETAIN CURRENT PASSWORD`],
    [`ALTER USER 'app_a'@'%' DISCARD OLD PASSWORD`],
    /^app_a retains an old password beside its own: its copy gets one/,
  ],
  [
    'a filter of an audit plugin',
    [
      'CREATE TABLE mysql.audit_log_user (USER VARCHAR(32), HOST VARCHAR(255), FILTERNAME VARCHAR(255))',
      "INSERT INTO mysql.audit_log_user VALUES ('app_a', '%', 'all'), ('somebody', '%', 'none')",
    ],
    ['DROP TABLE mysql.audit_log_user'],
    /^mysql\.audit_log_user: the audit filter all at % is for app_a and not for app_b/,
  ],
  [
    'a profile of a firewall',
    [
      'CREATE TABLE mysql.firewall_users (USERHOST VARCHAR(288), MODE VARCHAR(20))',
      "INSERT INTO mysql.firewall_users VALUES ('app_b@%', 'PROTECTING')",
    ],
    ['DROP TABLE mysql.firewall_users'],
    /^mysql\.firewall_users: app_b has a firewall profile and app_a has none/,
  ],
];

const onMariadb: readonly Mention[] = [
  ...(['incl', 'excl'] as const).map((which): Mention => [
    `an audit plugin's list server_audit_${which}_users`,
    ["INSTALL SONAME 'server_audit'", `SET GLOBAL server_audit_${which}_users = 'x, app_a'`],
    ["UNINSTALL SONAME 'server_audit'"],
    new RegExp(`^server_audit_${which}_users lists app_a and not app_b: list both`),
  ]),
];

export const mentionsOn = (product: 'MySQL' | 'MariaDB'): readonly Mention[] => [
  ...everywhere,
  ...(product === 'MySQL' ? onMysql : onMariadb),
];
