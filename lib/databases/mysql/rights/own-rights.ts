import { DatabaseUnavailableError, RotationError } from '../../../errors';
import type { Login, OwnRights } from '../../engine';
import { ownOptionsDigest } from '../accounts/own-options';
import { describeServer } from '../connection/server';
import type { Session, UserSession } from '../connection/session';
import { digestOf, readEffectiveRights } from './effective-rights';

/** The text before and after the last `@`: a user name may hold one, a host may not. */
function splitAccount(account: string): OwnRights['account'] {
  const at = account.lastIndexOf('@');
  return { username: account.slice(0, at), host: account.slice(at + 1) };
}

/**
 * @returns undefined when the server does not let the user in now: it refuses the login, the user's sessions use up its
 *   limit, or a proxy knows no change of users. The pending user has been proved; this is a comparison only.
 */
export async function readRightsOf(session: UserSession, login: Login): Promise<OwnRights | undefined> {
  let other: Session;
  try {
    other = await session.become(login);
  } catch (error) {
    if (error instanceof RotationError && !(error instanceof DatabaseUnavailableError)) return undefined;
    throw error;
  }
  return readOwnRights(other);
}

/** What the session's own user holds, as that user sees it. */
export async function readOwnRights(session: Session): Promise<OwnRights> {
  const [row] = await session.rows<{ account: string }>(
    'asking who the user is',
    'SELECT CURRENT_USER() AS account',
  );
  const account = splitAccount(row?.account ?? '');
  const { product } = describeServer(session.variables.get('version') ?? '', undefined);
  return {
    account,
    rightsDigest: digestOf(await readEffectiveRights(session, account, product)),
    optionsDigest: await ownOptionsDigest(session),
  };
}
