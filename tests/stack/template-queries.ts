import type { Template } from './package-combination';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

type Properties = Record<string, unknown>;

/** The resources of one type, as pairs of logical id and properties. */
export const ofType = ({ Resources }: Template, type: string): [string, Properties][] =>
  Object.entries(Resources).flatMap(([id, { Type, Properties }]) =>
    Type === type ? [[id, Properties]] : [],
  );

/** The properties of the one resource of a type. */
export function only(template: Template, type: string): Properties {
  const found = ofType(template, type);
  if (found.length !== 1) throw new Error(`expected one ${type}, found ${found.length}`);
  return found[0]?.[1] ?? {};
}

/** What a role of the template may do and may not. */
export function statementsOf({ Resources }: Template, role: string): Statement[] {
  const policies = (Resources[role]?.Properties['Policies'] ?? []) as {
    PolicyDocument?: { Statement: Statement[] };
  }[];
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument?.Statement ?? []);
}
