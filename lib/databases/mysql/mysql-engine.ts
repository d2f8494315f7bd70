import type { DatabaseEngine, Endpoint, Login, OwnRights, Pair, PairNames } from '../engine';
import { buildStandby, type PairOnServer } from './build-standby';
import { digestOf, readEffectiveRights } from './effective-rights';
import { lockPair } from './pair-lock';
import { isHashOf, isPasswordPlugin } from './password-hash';
import { readServer, requireSupported } from './server';
import { withSession, type Session } from './session';
import { describeUser, markerOf, readUser, type StoredUser } from './stored-user';

/** Hosts whose stored hash is not the password's. */
function hostsNotProvedBy(user: StoredUser, password: string): string[] {
  return [...user.accounts.values()]
    .map(({ row }) => row)
    .filter(
      ({ plugin, authentication }) =>
        !isPasswordPlugin(plugin) || !isHashOf(plugin, authentication, password),
    )
    .map(({ host }) => host);
}

function pairOf(onServer: PairOnServer): Pair {
  return {
    current: describeUser(onServer.current),
    standby: describeUser(onServer.standby),
    marker: onServer.marker,
    userNameLimit: onServer.server.userNameLimit,
    hostsNotProvedBy: (password) => hostsNotProvedBy(onServer.current, password),
    buildStandby: (order) => buildStandby(onServer, order),
  };
}

async function readPair(session: Session, users: PairNames): Promise<PairOnServer> {
  const server = await readServer(session);
  requireSupported(server);
  await lockPair(session, users);
  const current = await readUser(session, users.current);
  const standby = await readUser(session, users.standby);
  return { session, server, current, standby, marker: markerOf(standby) };
}

/** The text before and after the last `@`: a user name may hold one, a host may not. */
function splitAccount(account: string): OwnRights['account'] {
  const at = account.lastIndexOf('@');
  return { username: account.slice(0, at), host: account.slice(at + 1) };
}

/** MySQL behind the port. */
export class MysqlEngine implements DatabaseEngine {
  /** @param caBundlePath PEM file; undefined: the Lambda runtime's authorities and the public ones */
  constructor(private readonly caBundlePath: string | undefined) {}

  withPair<Result>(
    endpoint: Endpoint,
    master: Login,
    users: PairNames,
    use: (pair: Pair) => Promise<Result>,
  ): Promise<Result> {
    return withSession(endpoint, master, 'master', this.caBundlePath, async (session) =>
      use(pairOf(await readPair(session, users))),
    );
  }

  inspectSelf(endpoint: Endpoint, pending: Login): Promise<OwnRights> {
    return withSession(endpoint, pending, 'pending', this.caBundlePath, async (session) => {
      const [row] = await session.rows<{ account: string }>(
        'asking who the pending user is',
        'SELECT CURRENT_USER() AS account',
      );
      const account = splitAccount(row?.account ?? '');
      const [rights = []] = await readEffectiveRights(session, [account]);
      return { account, rightsDigest: digestOf(rights) };
    });
  }
}
