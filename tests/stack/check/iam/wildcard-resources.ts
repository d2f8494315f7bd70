import type { Policy, Statement } from './policies';
import { JUSTIFIED, type Justification } from './justified-wildcards';
import { matches } from './pattern';

/** An action that a policy allows on more than named resources. */
export interface Wildcard {
  /** Logical id of the resource that has the policy. */
  owner: string;
  action: string;
  /** As in the template, with a deployment's names. */
  resource: string;
}

/**
 * A wildcard that stands for what one named thing has, and not for a further thing: the executions of a named machine,
 * the streams of a named log group, and the six characters that Secrets Manager puts behind a secret's name.
 */
const SUFFIXES = [
  /^arn:[^*?]+:states:[^*?]+:execution:[^*?:]+:\*$/,
  /^arn:[^*?]+:logs:[^*?]+:log-group:[^*?:]+:(\*|log-stream:\*)$/,
  /^arn:[^*?]+:secretsmanager:[^*?]+:secret:[^*?]+-\?{6}$/,
];

const isWide = (resource: string): boolean =>
  /[*?]/.test(resource) && !SUFFIXES.some((suffix) => suffix.test(resource));

const letsEverybody = ({ principals }: Statement): boolean => Object.values(principals).flat().includes('*');

/** Every wildcard that a policy allows. In a resource's own policy `*` is that resource; who and what may be wide. */
export function wildcardsIn({ owner, kind, statements }: Policy): Wildcard[] {
  const allowed = statements.filter(({ effect }) => effect === 'Allow');
  return allowed.flatMap((statement) =>
    statement.resources.flatMap((resource) =>
      statement.actions
        .filter((action) =>
          kind === 'resource' ? letsEverybody(statement) || /[*?]/.test(action) : isWide(resource),
        )
        .map((action) => ({ owner, action, resource })),
    ),
  );
}

const isOf = ({ owner, action, resource }: Wildcard, entry: Justification): boolean =>
  entry.owners.includes(owner) && entry.actions.includes(action) && matches(entry.resource, resource);

/** The entry of the table that says why. */
export const justificationOf = (
  wildcard: Wildcard,
  table: readonly Justification[] = JUSTIFIED,
): Justification | undefined => table.find((entry) => isOf(wildcard, entry));

/** What the table allows and no policy has any more, as `owner action resource`. */
export function unusedJustifications(
  wildcards: Wildcard[],
  table: readonly Justification[] = JUSTIFIED,
): string[] {
  return table.flatMap((entry) =>
    entry.owners.flatMap((owner) =>
      entry.actions
        .filter(
          (action) =>
            !wildcards.some(
              (found) => found.owner === owner && found.action === action && isOf(found, entry),
            ),
        )
        .map(
          (action) =>
            `${owner} ${action} ${entry.resource}: justified, but not in any combination's template`,
        ),
    ),
  );
}
