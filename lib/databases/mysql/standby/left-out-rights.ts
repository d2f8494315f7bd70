import type { StandbyOrder } from '../../engine';
import { quoteAccount } from '../connection/quote';
import { readCreationNeeds } from '../rights/dropped-tables';
import { idleDefaultRoles } from '../rights/mandatory-roles';
import { readMaster } from '../rights/master-rights';
import { rightsLeftOut } from '../rights/missing-rights';
import { differences } from '../rights/reconcile';
import type { Rights } from '../rights/rights';
import { readRoleDemands } from '../rights/role-demands';
import { requireRevocable } from '../rights/spellings';
import type { PairOnServer } from './pair-on-server';
import type { Targets } from './targets';

/**
 * The rights that the standby goes without: default roles that no statement can set, and what the master cannot give and
 * the deployer allows to be missing. Read before anything is changed.
 * @throws {GrantNotPossibleError}
 * @throws {UnsupportedAccountError} where a right cannot be taken away alone.
 */
export async function leftOutRights(
  pair: PairOnServer,
  targets: Targets,
  order: StandbyOrder,
): Promise<Rights> {
  const idle = new Map(
    [...targets.values()].flatMap(({ rights }) => [...idleDefaultRoles(rights, pair.server)]),
  );
  const todo = differences(pair.standby, targets, idle);
  if (todo.length === 0) return idle;
  for (const [host, account] of todo) {
    const held = pair.standby.accounts.get(host)?.rights ?? new Map();
    requireRevocable(quoteAccount(pair.standby.username, host), held, account);
  }
  const master = await readMaster(pair.session, pair.flavour, pair.server);
  const needs = {
    creation: await readCreationNeeds(
      pair.session,
      pair.server,
      todo.map(([, account]) => account),
    ),
    roles: await readRoleDemands(pair.session, pair.flavour, pair.server, pair.standby, todo),
  };
  const leftOut = rightsLeftOut(todo, master, pair.flavour.product, order.allowMissing, needs);
  return new Map([...idle, ...leftOut]);
}
