import type { Statement } from '../iam/policies';
import { matches } from '../iam/pattern';

/** IAM compares actions without case, and resources with it. */
const isAbout = ({ actions, resources }: Statement, action: string, resource: string): boolean =>
  actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
  resources.some((pattern) => matches(pattern, resource));

/**
 * Whether a role's policies allow a call: a statement that denies it counts more than any that allows it.
 * @throws when the answer depends on a condition, because the notes of the calls hold no keys to judge it by
 */
export function allows(statements: readonly Statement[], action: string, resource: string): boolean {
  const about = statements.filter((statement) => isAbout(statement, action, resource));
  const unconditional = about.filter(({ conditions }) => Object.keys(conditions).length === 0);
  if (unconditional.some(({ effect }) => effect === 'Deny')) return false;
  if (unconditional.some(({ effect }) => effect === 'Allow') && about.length === unconditional.length)
    return true;
  if (about.length === unconditional.length) return false;
  throw new Error(
    `${action} on ${resource}: a statement about it has a condition, which is not understood here`,
  );
}
