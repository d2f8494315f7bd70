import type { Login } from './database';

/** The fields of an application's secret that tests look at. */
export interface SecretDocument extends Login {
  engine: string;
  host: string;
  port: number;
  dbname: string;
  [field: string]: unknown;
}

export interface WorldOptions {
  /** `pair`: the deployer names both users; `suffix`: the standby's name is derived. */
  naming?: 'pair' | 'suffix';
  /** Create the application's first user, with the password of its secret (default), or leave the server without. */
  currentUser?: 'exists' | 'absent';
  /** Further settings of the deployer. */
  environment?: Record<string, string>;
  /** Fields that replace those of the application's secret; `undefined` takes one away. */
  secret?: Record<string, unknown>;
  master?: Record<string, unknown>;
}
