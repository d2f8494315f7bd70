import type { Marker } from './engine';

/** What `Pair.buildStandby` is asked for. */
export interface StandbyOrder {
  /** Where the rights come from: the current user, or, when there is none yet, default rights on a database. */
  rights: { from: 'current' } | { from: 'database'; database: string };
  password: string;
  /** Undefined leaves the standby's marker as it is. */
  marker: Marker | undefined;
  /** Rights that may be left out when the master cannot give them. */
  allowMissing: readonly string[];
  /** Say what would be done, and do nothing. */
  planOnly?: boolean;
}

/** Lists are in GRANT's own words, with the host they were for. */
export interface StandbyReport {
  changed: boolean;
  granted: string[];
  revoked: string[];
  /** Account options that were set. */
  options: string[];
  warnings: string[];
  /** Rights of the current user that the standby did not get: allowed to be missing, or on objects that are gone. */
  skipped: string[];
  /** SHA-256 of the rights by host, as the server itself reports them. */
  rightsDigests: Record<string, string>;
  /** The same of the current user, whose rights they were made equal to; undefined where there is none yet. */
  currentDigests: Record<string, string> | undefined;
  /** With `planOnly`: the statements, secrets left out. */
  plan?: string[];
}

export interface Restoration {
  password: string;
  /** The password that the rotation set, which now asks for this. */
  insteadOf: string;
  /** Names the version whose password it is. */
  marker: Marker;
}
