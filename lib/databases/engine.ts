import type { Restoration, StandbyOrder, StandbyReport } from './standby-order';

export type { Restoration, StandbyOrder, StandbyReport } from './standby-order';

/**
 * What rotation needs from one kind of database, and nothing more.
 *
 * An implementation opens a fresh connection for every call, closes it before returning, and lets no driver
 * error escape: callers see only the errors of `lib/errors.ts`, and no message holds a password.
 *
 * Every call may throw `DatabaseUnavailableError`, `DatabaseBusyError`, `TlsNotSupportedError`,
 * `TlsVerificationError`, `ClientHostRefusedError` and `DatabaseStatementError`.
 */
export interface DatabaseEngine {
  /**
   * Logs in as the master, takes the lock on a pair of users, reads both, and hands them to `use`. The lock is
   * a lease: a session that stays silent too long is ended by the server, and with it the right to write.
   * @param signal ends the session when it is aborted, so that nothing of the call goes on
   * @throws {MasterCredentialRejectedError} when the server refuses the login; `use` was not called.
   * @throws {MasterAccountLockedError}
   * @throws {DatabaseBusyError} when somebody else holds the lock on the pair.
   * @throws {UnsupportedServerError}
   * @throws {MasterPrivilegeError} when the master may not read accounts.
   */
  withPair<Result>(
    endpoint: Endpoint,
    master: Login,
    users: PairNames,
    use: (pair: Pair) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result>;

  /**
   * Logs in as the pending user and looks at its own rights; and then, on the same connection, as the current one.
   * @param current absent: not looked at. One that the server refuses is absent from the answer.
   * @throws {PendingCredentialRejectedError} when the server refuses the pending login.
   */
  inspectSelf(
    endpoint: Endpoint,
    pending: Login,
    current?: Login,
  ): Promise<OwnRights & { current?: OwnRights | undefined }>;
}

export interface Endpoint {
  host: string;
  port: number;
}

/**
 * `verified`: TLS 1.2 or newer, certificate and host name checked. `verified-if-offered`: the same, but
 * plaintext on a server without TLS. `off`: plaintext.
 */
export type TlsPolicy = 'verified' | 'verified-if-offered' | 'off';

export interface Login {
  username: string;
  password: string;
  tls: TlsPolicy;
}

export interface PairNames {
  current: string;
  standby: string;
}

/** One account of a user: on MySQL a user has one per host pattern. */
export interface Account {
  host: string;
  locked: boolean;
  passwordExpired: boolean;
  /** Rights and roles that make an administrator, for example `CREATE USER`. */
  administrative: string[];
  /** Rights and options that cannot be mirrored, in words for a message. */
  unsupported: string[];
  /** How it logs in, in words, when that cannot be mirrored; such an account's password cannot be proved. */
  unsupportedLogin: string | undefined;
  /** Who set it last; `undefined` where nothing says so, and on servers whose accounts hold no marker. */
  marker: Marker | undefined;
}

export interface User {
  username: string;
  /** Empty when the user does not exist. */
  accounts: Account[];
}

/**
 * What a SetSecret leaves on the standby, with the statement that creates an account and with the last one.
 * Others can read it: no secret in it.
 */
export interface Marker {
  /** The version of the secret whose password the standby was given last, or was created for. */
  versionId: string;
  /** Which secret the account belongs to, as lib/secrets/secret-mark.ts names it; an earlier release left it out. */
  secret: string | undefined;
  /** True while the user comes from an initial setup and has not been a standby since. */
  initialSetup: boolean;
}

/** Both users as the server holds them, under the pair's lock. */
export interface Pair {
  readonly current: User;
  readonly standby: User;
  /** The standby's marker when the pair was read; `undefined` where there is none. */
  readonly marker: Marker | undefined;
  /** Longest user name of this server, in characters. */
  readonly userNameLimit: number;

  /**
   * Hosts of the current user at which this password does not log in, judged by the stored hashes, a retained old
   * password's included. No login, nothing is logged.
   */
  hostsNotProvedBy(currentPassword: string): string[];

  /**
   * What would keep a standby with these rights from logging in from here; `undefined` when nothing is known that
   * would. Nothing is logged in as either user. It is asked before anything is changed.
   * @param tls how the login would be protected
   * @throws {TlsNotSupportedError | TlsVerificationError} when `tls` asks for more than the master's own login,
   *   and the server does not give it.
   */
  loginObstacle(rights: StandbyOrder['rights'], tls: TlsPolicy): Promise<LoginObstacle | undefined>;

  /**
   * Hosts of the standby that `password` proves to be this service's: their stored hash is that of the password,
   * or, while the account is locked, of the one that `buildStandby` derives from it for an account that it creates.
   */
  standbyHostsProvedBy(password: string): string[];

  /**
   * What stands outside both accounts and names one of them, such as an audit plugin's list or a server link, in
   * sentences for a report: no rotation changes it. At most 21, of 500 characters each.
   */
  outsideWarnings(): Promise<string[]>;

  /**
   * Makes the standby an exact copy that accepts `password`: created locked with an unknown password,
   * reconciled in both directions, proved equal, and only then given password and marker and unlocked, in one
   * statement. A standby that is all that already is left alone.
   * @throws {PrivilegeParityError} naming each difference that remained.
   * @throws {PasswordPolicyError} before anything is changed; by a rule that only the server knows, in the last statement.
   * @throws {GrantNotPossibleError} before anything is changed.
   * @throws {RotationSupersededError} when the marker changed since the pair was read.
   */
  buildStandby(order: StandbyOrder): Promise<StandbyReport>;

  /**
   * Gives the standby back a password that it had, in one statement, when its stored hash is that of `insteadOf`
   * at this moment and every account of it can log in. Rights and options are left as they are.
   * @returns whether anything was changed
   */
  restoreStandby(restoration: Restoration): Promise<boolean>;
}

/** Why the server would refuse a login. */
export interface LoginObstacle {
  /** What it is about: where the login comes from, how it is protected, or what else its account requires. */
  about: 'address' | 'encryption' | 'account';
  /** What the server would refuse, and what to do, for a message; without a secret. */
  sentence: string;
}

export interface OwnRights {
  /** The account the server took the login for. */
  account: { username: string; host: string };
  /** Comparable with `StandbyReport.rightsDigests[host]`, for the current user with `currentDigests[host]`. */
  rightsDigest: string;
  /** SHA-256 of the account's options and default roles, equal for equal ones of two users. */
  optionsDigest: string;
}
