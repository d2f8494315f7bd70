import { quoteAccount } from './quote';
import { reconcileStatements, type GrantStatement } from './reconcile-statements';
import { difference, type Difference } from './rights';
import type { Session } from './session';
import { readUser, type StoredUser } from './stored-user';
import type { Targets } from './targets';

/** ER_NO_SUCH_TABLE: rights were granted on a table that has been dropped since. */
const NO_SUCH_TABLE = 1146;

/** A change of one kind of right can undo one of another; the difference is taken again until there is none. */
const MAX_PASSES = 5;

export interface Reconciliation {
  standby: StoredUser;
  granted: number;
  revoked: number;
}

async function give(session: Session, { label, sql, withoutTable }: GrantStatement): Promise<void> {
  if ((await session.attempt(label, sql, NO_SUCH_TABLE)) === 'done') return;
  for (const statement of withoutTable) await session.run(statement.label, statement.sql);
}

async function apply(session: Session, account: string, todo: Difference): Promise<void> {
  const { revokes, grants } = reconcileStatements(todo, account);
  for (const { label, sql } of revokes) await session.run(label, sql);
  for (const grant of grants) await give(session, grant);
}

function differences(standby: StoredUser, targets: Targets): [host: string, Difference][] {
  return [...targets]
    .map(([host, { rights }]): [string, Difference] => [
      host,
      difference(rights, standby.accounts.get(host)?.rights ?? new Map()),
    ])
    .filter(([, { missing, extra }]) => missing.length + extra.length > 0);
}

/**
 * Grants what is missing and revokes what is extra. Only differences are touched, so that sessions of the
 * standby that are still allowed see no gap, and no statement names the current user.
 */
export async function reconcile(
  session: Session,
  standby: StoredUser,
  targets: Targets,
): Promise<Reconciliation> {
  const done: Reconciliation = { standby, granted: 0, revoked: 0 };
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const todo = differences(done.standby, targets);
    if (todo.length === 0) break;
    for (const [host, { missing, extra }] of todo) {
      await apply(session, quoteAccount(standby.username, host), { missing, extra });
      done.granted += missing.length;
      done.revoked += extra.length;
    }
    done.standby = await readUser(session, standby.username);
  }
  return done;
}
