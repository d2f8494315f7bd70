import type { StoredUser } from '../accounts/account';
import type { Flavour } from '../accounts/flavour';
import { quoteAccount } from '../connection/quote';
import { reconcileStages, type Stage } from './reconcile-statements';
import { describeRight, type Difference, type Right, type Rights } from './rights';
import type { Server } from '../connection/server';
import type { Session } from '../connection/session';
import { changesTo } from './spellings';
import type { Targets } from '../standby/targets';
import type { Change } from './static-statements';
import { without } from './missing-rights';

/**
 * ER_NO_SUCH_TABLE, ER_BAD_FIELD_ERROR, ER_SP_DOES_NOT_EXIST, and MariaDB's ER_INVALID_ROLE: rights outlive what
 * they were granted on.
 */
const NO_SUCH_TABLE = 1146;
const DANGLING = [NO_SUCH_TABLE, 1054, 1305, 1959];

/** A change of one kind of right can undo one of another; the difference is taken again until there is none. */
const MAX_PASSES = 12;

export interface Reconciliation {
  standby: StoredUser;
  /** Rights in words, with the account. */
  granted: string[];
  revoked: string[];
  /** Rights on objects that do not exist any more, which the server does not give anew. */
  dangling: Rights;
}

/** What each account lacks and has too much, accounts that are as they should be left out. */
export function differences(
  standby: StoredUser,
  targets: Targets,
  leftOut: Rights,
): [host: string, Difference][] {
  return [...targets]
    .map(([host, { rights }]): [string, Difference] => [
      host,
      changesTo(without(rights, leftOut), without(standby.accounts.get(host)?.rights ?? new Map(), leftOut)),
    ])
    .filter(([, { missing, extra }]) => missing.length + extra.length > 0);
}

/** A difference in words, as a report lists it. */
export function tell(
  account: string,
  { missing, extra }: Difference,
): { granted: string[]; revoked: string[] } {
  return {
    granted: missing.map((right) => `${describeRight(right)} TO ${account}`),
    revoked: extra.map((right) => `${describeRight(right)} FROM ${account}`),
  };
}

/** The account whose rights are changed, and all that decides how. */
interface Grantee {
  username: string;
  host: string;
  /** Rights that it shall have, those left out excepted. */
  wanted: Rights;
  server: Pick<Server, 'product' | 'mandatoryRoles'>;
}

/** The stages of statements that an account needs, as far as can be told from here. */
export function stagesFor({ username, host, wanted, server }: Grantee, todo: Difference): Stage[] {
  const account = quoteAccount(username, host);
  return reconcileStages(todo, [...wanted.values()], account, server.product, server.mandatoryRoles);
}

/**
 * @param alone the changes for one right by itself: a statement is refused as a whole, for one column that is gone
 * @returns the rights that could not be given because what they are on is gone
 */
async function apply(
  session: Session,
  { statement, rights, withoutTable }: Change,
  alone: (right: Right) => Change[],
): Promise<Right[]> {
  const refused = await session.attempt(statement, DANGLING);
  if (refused === undefined) return [];
  if (refused === NO_SUCH_TABLE && withoutTable !== undefined) {
    for (const other of withoutTable) await session.run(other);
    return [];
  }
  if (rights.length === 1) return rights;
  const dangling: Right[] = [];
  for (const change of rights.flatMap(alone)) dangling.push(...(await apply(session, change, () => [])));
  return dangling;
}

/** One stage of one account's changes. @returns what dangles */
async function applyFirstStage(session: Session, grantee: Grantee, todo: Difference): Promise<Right[]> {
  const [stage = []] = stagesFor(grantee, todo);
  const alone = (right: Right) =>
    stagesFor(grantee, {
      missing: todo.missing.filter((other) => other === right),
      extra: todo.extra.filter((other) => other === right),
    }).flat();
  const dangling: Right[] = [];
  for (const change of stage) dangling.push(...(await apply(session, change, alone)));
  return dangling;
}

/**
 * Grants what is missing and revokes what is extra. Only differences are touched, so that sessions of the
 * standby that are still allowed see no gap, and no statement names the current user.
 */
export async function reconcile(
  session: Session,
  flavour: Flavour,
  server: Server,
  standby: StoredUser,
  targets: Targets,
  leftOut: Rights,
): Promise<Reconciliation> {
  const done: Reconciliation = { standby, granted: [], revoked: [], dangling: new Map() };
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const ignored = new Map([...leftOut, ...done.dangling]);
    const todo = differences(done.standby, targets, ignored);
    if (todo.length === 0) break;
    const dangling = new Map(done.dangling);
    for (const [host, account] of todo) {
      if (pass === 0) {
        const told = tell(quoteAccount(standby.username, host), account);
        done.granted.push(...told.granted);
        done.revoked.push(...told.revoked);
      }
      const wanted = without(targets.get(host)?.rights ?? new Map(), ignored);
      const grantee = { username: standby.username, host, wanted, server };
      for (const right of await applyFirstStage(session, grantee, account)) {
        dangling.set(describeRight(right), right);
      }
    }
    done.dangling = dangling;
    done.standby = await flavour.readUser(session, standby.username);
  }
  return done;
}
