import { inspect } from 'node:util';
import { translateDriverError, type Phase } from '../../../lib/databases/mysql/connection/driver-errors';
import { PrivilegeParityError } from '../../../lib/errors';

const MASTER: Phase = { connecting: 'master', to: 'db:3306' };
const PENDING: Phase = { connecting: 'pending', to: 'db:3306' };
const STATEMENT: Phase = { statement: 'granting' };

/** As mysql2 throws it: with a text and a statement that nobody may see. */
const thrown = (fields: object) =>
  Object.assign(new Error("near 'hunter2'"), { sql: "IDENTIFIED BY 'hunter2'", ...fields });

describe('an error of the driver', () => {
  it.each<[object, Phase, string]>([
    [{ errno: 1045 }, MASTER, 'MasterCredentialRejectedError'],
    [{ errno: 1045 }, PENDING, 'PendingCredentialRejectedError'],
    [{ errno: 1045 }, STATEMENT, 'MasterPrivilegeError'],
    [{ errno: 1044 }, STATEMENT, 'MasterPrivilegeError'],
    [{ errno: 1142 }, STATEMENT, 'MasterPrivilegeError'],
    [{ errno: 1227 }, STATEMENT, 'MasterPrivilegeError'],
    [{ errno: 3118 }, MASTER, 'MasterAccountLockedError'],
    [{ errno: 3955 }, MASTER, 'MasterAccountLockedError'],
    [{ errno: 4151 }, MASTER, 'MasterAccountLockedError'],
    [{ errno: 3118 }, PENDING, 'PendingCredentialRejectedError'],
    [{ errno: 1130 }, MASTER, 'ClientHostRefusedError'],
    [{ errno: 1129 }, PENDING, 'ClientHostRefusedError'],
    [{ errno: 1040 }, MASTER, 'DatabaseBusyError'],
    [{ errno: 1226 }, PENDING, 'DatabaseBusyError'],
    [{ errno: 1205 }, STATEMENT, 'DatabaseBusyError'],
    [{ errno: 1290 }, STATEMENT, 'DatabaseBusyError'],
    [{ errno: 1836 }, STATEMENT, 'DatabaseBusyError'],
    [{ errno: 3159 }, MASTER, 'TlsVerificationError'],
    [{ errno: 4031 }, STATEMENT, 'DatabaseUnavailableError'],
    [{ errno: 1064 }, STATEMENT, 'DatabaseStatementError'],
    [{ code: 'HANDSHAKE_NO_SSL_SUPPORT' }, MASTER, 'TlsNotSupportedError'],
    [{ code: 'HANDSHAKE_SSL_ERROR' }, MASTER, 'TlsVerificationError'],
    [{ code: 'ECONNREFUSED', errno: -111 }, MASTER, 'DatabaseUnavailableError'],
    [{ code: 'ETIMEDOUT' }, PENDING, 'DatabaseUnavailableError'],
    [{ code: 'ENOTFOUND', errno: -3008 }, MASTER, 'DatabaseUnavailableError'],
    [{ code: 'EAI_AGAIN', errno: -3001 }, MASTER, 'DatabaseUnavailableError'],
    [{ code: 'PROTOCOL_CONNECTION_LOST' }, STATEMENT, 'DatabaseUnavailableError'],
    [{ code: 'PROTOCOL_SEQUENCE_TIMEOUT' }, STATEMENT, 'DatabaseUnavailableError'],
    [{ code: 'ECONNABORTED' }, STATEMENT, 'DatabaseUnavailableError'],
    [{ code: 'EPIPE', errno: -32 }, STATEMENT, 'DatabaseUnavailableError'],
    [{ errno: 1927 }, STATEMENT, 'DatabaseUnavailableError'],
    [{ errno: 1159 }, STATEMENT, 'DatabaseUnavailableError'],
    [{ errno: 2013 }, PENDING, 'DatabaseUnavailableError'],
    [{ errno: 3169 }, STATEMENT, 'DatabaseUnavailableError'],
    [{ code: 4031, fatal: true }, STATEMENT, 'DatabaseUnavailableError'],
    [{ code: 1053, fatal: true }, STATEMENT, 'DatabaseBusyError'],
    [{ fatal: true }, STATEMENT, 'DatabaseUnavailableError'],
    [{ code: 'PROTOCOL_UNEXPECTED_PACKET', fatal: true }, STATEMENT, 'DatabaseUnavailableError'],
    [{ code: 'ERR_SSL_WRONG_VERSION_NUMBER', fatal: true }, STATEMENT, 'DatabaseUnavailableError'],
    [{ code: 'HANDSHAKE_UNKNOWN_ERROR', fatal: true }, MASTER, 'DatabaseUnavailableError'],
    [{ code: 'AUTH_SWITCH_PLUGIN_ERROR', fatal: true }, MASTER, 'UnsupportedAccountError'],
    [{}, STATEMENT, 'DatabaseStatementError'],
  ])('%j, while %j, is %s and keeps nothing of its text', (fields, phase, name) => {
    const error = translateDriverError(thrown(fields), phase);

    expect(error.name).toBe(name);
    expect(error.message).toContain('connecting' in phase ? 'db:3306' : 'granting');
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('hunter2');
  });

  it.each([undefined, null, 'hunter2', 7, { errno: 'hunter2', code: 7 }])('may be %j', (anything) => {
    const error = translateDriverError(anything, STATEMENT);

    expect(error.name).toBe('DatabaseStatementError');
    expect(inspect(error, { showHidden: true })).not.toContain('hunter2');
  });

  it('that is one of ours already stays as it is', () => {
    const ours = new PrivilegeParityError('differs');
    expect(translateDriverError(ours, STATEMENT)).toBe(ours);
  });
});
