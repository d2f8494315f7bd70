import {
  ClientHostRefusedError,
  DatabaseBusyError,
  DatabaseStatementError,
  DatabaseUnavailableError,
  MasterPrivilegeError,
  TlsVerificationError,
  UnsupportedAccountError,
} from '../../../errors';
import type { ErrorClass } from './refused-login';

/**
 * Server errors and what they mean. Numbers, not the driver's code names: those are MySQL's also when MariaDB
 * means something else by a number. Whether an error is retried is its class's decision (lib/errors.ts).
 * https://dev.mysql.com/doc/mysql-errors/9.7/en/server-error-reference.html
 * https://mariadb.com/docs/server/reference/error-codes/mariadb-error-code-reference
 */
export const SERVER_ERRORS: ReadonlyMap<number, readonly [ErrorClass, string]> = new Map([
  // The server cannot now, and will later: retried.
  [1040, [DatabaseBusyError, 'too many connections (ER_CON_COUNT_ERROR)']],
  [1203, [DatabaseBusyError, 'too many connections of this user (ER_TOO_MANY_USER_CONNECTIONS)']],
  [1226, [DatabaseBusyError, 'a resource limit of this user is used up (ER_USER_LIMIT_REACHED)']],
  [1053, [DatabaseBusyError, 'the server is shutting down (ER_SERVER_SHUTDOWN)']],
  [3032, [DatabaseBusyError, 'the server is in offline mode (ER_SERVER_OFFLINE_MODE)']],
  [1205, [DatabaseBusyError, 'a lock was not had in time (ER_LOCK_WAIT_TIMEOUT)']],
  [1213, [DatabaseBusyError, 'a deadlock was broken (ER_LOCK_DEADLOCK)']],
  [1317, [DatabaseBusyError, 'the statement was interrupted (ER_QUERY_INTERRUPTED)']],
  [3024, [DatabaseBusyError, 'the statement took too long (ER_QUERY_TIMEOUT)']],
  [1969, [DatabaseBusyError, 'the statement took too long (MariaDB ER_STATEMENT_TIMEOUT)']],
  [
    1290,
    [DatabaseBusyError, 'the server is read only (ER_OPTION_PREVENTS_STATEMENT): a reader, or a failover'],
  ],
  [1836, [DatabaseBusyError, 'the server is read only (ER_READ_ONLY_MODE): a reader, or a failover']],
  [1135, [DatabaseBusyError, 'the server can make no thread for the connection (ER_CANT_CREATE_THREAD)']],
  // The session is over: retried in a new one.
  [4031, [DatabaseUnavailableError, 'the session was idle for too long (ER_CLIENT_INTERACTION_TIMEOUT)']],
  [1927, [DatabaseUnavailableError, 'the session was killed (MariaDB ER_CONNECTION_KILLED)']],
  [3169, [DatabaseUnavailableError, 'the session was killed (ER_SESSION_WAS_KILLED)']],
  [3168, [DatabaseUnavailableError, 'the server is not available now (ER_SERVER_ISNT_AVAILABLE)']],
  [1043, [DatabaseUnavailableError, 'the handshake was broken off (ER_HANDSHAKE_ERROR)']],
  [1079, [DatabaseUnavailableError, 'the server has shut down (ER_SHUTDOWN_COMPLETE)']],
  [1080, [DatabaseUnavailableError, 'the server closes the session (ER_FORCING_CLOSE)']],
  [1152, [DatabaseUnavailableError, 'the server gave the connection up (ER_ABORTING_CONNECTION)']],
  [1156, [DatabaseUnavailableError, 'the server lost a packet (ER_NET_PACKETS_OUT_OF_ORDER)']],
  [1158, [DatabaseUnavailableError, 'the server could not read on (ER_NET_READ_ERROR)']],
  [1159, [DatabaseUnavailableError, 'the server waited too long for the client (ER_NET_READ_INTERRUPTED)']],
  [1160, [DatabaseUnavailableError, 'the server could not write on (ER_NET_ERROR_ON_WRITE)']],
  [1161, [DatabaseUnavailableError, 'the client took the answer too slowly (ER_NET_WRITE_INTERRUPTED)']],
  // Numbers of client libraries, with which a proxy passes on what happened to its own connection.
  [2006, [DatabaseUnavailableError, 'the server has gone away (CR_SERVER_GONE_ERROR)']],
  [2013, [DatabaseUnavailableError, 'the connection was lost (CR_SERVER_LOST)']],
  [2055, [DatabaseUnavailableError, 'the connection was lost (CR_SERVER_LOST_EXTENDED)']],
  // A proxy in between answers with numbers of its own.
  [9001, [DatabaseBusyError, 'ProxySQL reached no server in time (9001): look at its hostgroups']],
  [
    9501,
    [
      DatabaseBusyError,
      'RDS Proxy had no connection to give in time (9501): all are in use, or it has no valid secret for the database',
    ],
  ],
  // The connection may not be had: an operator must act.
  [1130, [ClientHostRefusedError, 'no account allows this address (ER_HOST_NOT_PRIVILEGED)']],
  [
    1129,
    [
      ClientHostRefusedError,
      'this address is blocked (ER_HOST_IS_BLOCKED): TRUNCATE TABLE performance_schema.host_cache lifts it',
    ],
  ],
  [3159, [TlsVerificationError, 'the server wants TLS, and `ssl` is false (ER_SECURE_TRANSPORT_REQUIRED)']],
  [
    1251,
    [
      UnsupportedAccountError,
      'the account wants a way to log in that is not known here (ER_NOT_SUPPORTED_AUTH_MODE)',
    ],
  ],
  [
    1524,
    [UnsupportedAccountError, "the account's authentication plugin is not loaded (ER_PLUGIN_IS_NOT_LOADED)"],
  ],
  [
    1184,
    [
      DatabaseStatementError,
      "the server's variable init_connect holds statements that fail for this user (ER_NEW_ABORTING_CONNECTION): correct it, or give the user the rights that they need",
    ],
  ],
  // The master lacks a right: the statement was refused, not the login.
  [1044, [MasterPrivilegeError, 'the master has no right on this database (ER_DBACCESS_DENIED_ERROR)']],
  [1045, [MasterPrivilegeError, 'the master lacks a global right (ER_ACCESS_DENIED_ERROR)']],
  [1142, [MasterPrivilegeError, 'the master has no right on this table (ER_TABLEACCESS_DENIED_ERROR)']],
  [1143, [MasterPrivilegeError, 'the master has no right on this column (ER_COLUMNACCESS_DENIED_ERROR)']],
  [1227, [MasterPrivilegeError, 'the master lacks a right (ER_SPECIFIC_ACCESS_DENIED_ERROR)']],
  [1698, [MasterPrivilegeError, 'the master may not give this (MariaDB ER_ACCESS_DENIED_NO_PASSWORD_ERROR)']],
  [1133, [MasterPrivilegeError, 'the account vanished meanwhile (ER_PASSWORD_NO_MATCH)']],
  [1410, [MasterPrivilegeError, 'the account vanished meanwhile (ER_CANT_CREATE_USER_WITH_GRANT)']],
  [3879, [MasterPrivilegeError, 'a partial revoke of the master is in the way (ER_PARTIAL_REVOKES_EXIST)']],
]);
