import { CurrentUserMissingError, StandbyOwnedElsewhereError } from '../lib/errors';
import type { Endpoint, Login, StandbyReport } from '../lib/databases/engine';
import { buildStandby } from '../lib/databases/mysql/standby/build-standby';
import { readPair } from '../lib/databases/mysql/mysql-engine';
import { withSession } from '../lib/databases/mysql/connection/session';

export interface CloneOrder {
  current: string;
  /** One of the current user's hosts; all of them when undefined. */
  host: string | undefined;
  standby: string;
  password: string;
  allowMissing: readonly string[];
  planOnly: boolean;
  /** Also a standby that is marked as the user of a secret. */
  takeOver?: boolean;
}

/**
 * The engine by itself: makes one user an exact copy of another, with the rules of SetSecret for what is done,
 * and none of those for who may ask: whoever has the administrator's password may. Only a standby that a rotation
 * has set is left alone unless that is asked for, because applications may log in as it.
 * @throws {StandbyOwnedElsewhereError}
 * @throws {CurrentUserMissingError} and what `Pair.buildStandby` throws.
 */
export async function cloneUser(
  endpoint: Endpoint,
  administrator: Login,
  caBundlePath: string | undefined,
  { current, host, standby, password, allowMissing, planOnly, takeOver = false }: CloneOrder,
): Promise<StandbyReport> {
  return withSession(endpoint, administrator, 'master', caBundlePath, async (session) => {
    const pair = await readPair(session, { current, standby });
    if (pair.marker !== undefined && !takeOver) {
      throw new StandbyOwnedElsewhereError(
        `${standby} was set by a rotation of a secret (version ${pair.marker.versionId}), whose applications may log in as it: name another standby, or give --take-over`,
      );
    }
    const accounts = new Map(
      [...pair.current.accounts].filter(([name]) => host === undefined || name === host),
    );
    if (accounts.size === 0) {
      throw new CurrentUserMissingError(`${current}${host === undefined ? '' : `@${host}`} does not exist`);
    }
    return buildStandby(
      { ...pair, current: { ...pair.current, accounts } },
      { rights: { from: 'current' }, password, marker: undefined, allowMissing, planOnly },
    );
  });
}
