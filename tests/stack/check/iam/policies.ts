import type { Deployment } from '../template/resolve';
import { isObject } from '../template/intrinsics';

/** One statement of a policy, with lists wherever IAM allows a single value too. */
export interface Statement {
  effect: string;
  actions: string[];
  resources: string[];
  /** Principals by kind, `*` for everybody; empty in a role's own policies. */
  principals: Record<string, string[]>;
  /** Values by operator and key. */
  conditions: Record<string, Record<string, string[]>>;
}

export interface Policy {
  /** Logical id of the resource that has it. */
  owner: string;
  /** A role's rights, who may take the role, or who may do what with a resource. */
  kind: 'identity' | 'trust' | 'resource';
  statements: Statement[];
}

const texts = (value: unknown): string[] => [value ?? []].flat().map(String);

const listed = (value: unknown): Record<string, string[]> =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, texts(item)])) : {};

function readStatement(found: Record<string, unknown>): Statement {
  const { Effect, Action, Resource, Principal, Condition = {}, ...others } = found;
  const unknown = Object.keys(others).filter((name) => name !== 'Sid');
  // NotAction, NotResource and NotPrincipal allow what nobody listed; we have no use for them.
  if (unknown.length > 0) throw new Error(`a statement with ${unknown.join(', ')} cannot be judged`);
  return {
    effect: String(Effect),
    actions: texts(Action),
    resources: texts(Resource),
    principals: typeof Principal === 'string' ? { AWS: [Principal] } : listed(Principal),
    conditions: Object.fromEntries(
      Object.entries(Condition as object).map(([operator, keys]) => [operator, listed(keys)]),
    ),
  };
}

function readPolicy(owner: string, kind: Policy['kind'], document: unknown): Policy {
  const { Statement: statements } = document as { Statement: Record<string, unknown>[] };
  return { owner, kind, statements: [statements].flat().map(readStatement) };
}

function policiesOf(owner: string, type: string, properties: Record<string, unknown>): Policy[] {
  const { AssumeRolePolicyDocument, Policies, PolicyDocument, KeyPolicy } = properties;
  if (type === 'AWS::IAM::Role') {
    const own = (Policies ?? []) as { PolicyDocument: unknown }[];
    return [
      readPolicy(owner, 'trust', AssumeRolePolicyDocument),
      ...own.map((policy) => readPolicy(owner, 'identity', policy.PolicyDocument)),
    ];
  }
  const document = PolicyDocument ?? KeyPolicy;
  return document === undefined ? [] : [readPolicy(owner, 'resource', document)];
}

const DOCUMENTS = ['AssumeRolePolicyDocument', 'Policies', 'PolicyDocument', 'KeyPolicy'];

/** What is no policy is left alone: it may hold what only CloudFormation can work out. */
function resolvedDocuments(
  deployment: Deployment,
  properties: Record<string, unknown>,
): Record<string, unknown> {
  const found = DOCUMENTS.filter((name) => properties[name] !== undefined);
  return Object.fromEntries(found.map((name) => [name, deployment.resolve(properties[name])]));
}

/** Every policy of a deployment. */
export const policiesIn = (deployment: Deployment): Policy[] =>
  Object.entries(deployment.template.Resources).flatMap(([owner, { Type, Properties }]) => {
    const documents = resolvedDocuments(deployment, isObject(Properties) ? Properties : {});
    return Object.keys(documents).length === 0 ? [] : policiesOf(owner, Type, documents);
  });
