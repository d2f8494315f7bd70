import type { Deployment } from '../template/resolve';
import type { Policy, Statement } from './policies';

/**
 * Services that take a role of the account that they work for, and never another's: `iam:PassRole` lets nobody give
 * a function a role of another account (Lambda developer guide, "Execution role"), so there is no one to be confused.
 */
const OF_THE_SAME_ACCOUNT = ['lambda.amazonaws.com'];

/** Where every call comes from its own account's resource, which these keys name ("The confused deputy problem"). */
const SOURCES = ['aws:sourceaccount', 'aws:sourcearn'];

const SERVICE = /^[\w.-]+\.amazonaws\.com$/;

const namesItsSource = (conditions: Statement['conditions']): boolean =>
  Object.values(conditions).some((keys) =>
    Object.keys(keys).some((key) => SOURCES.includes(key.toLowerCase())),
  );

/** Tells policies that let a service act on behalf of any account. */
export function callerFaults({ owner, kind, statements }: Policy): string[] {
  return statements
    .filter(({ effect, conditions }) => effect === 'Allow' && !namesItsSource(conditions))
    .flatMap(({ principals }) => principals['Service'] ?? [])
    .filter((service) => SERVICE.test(service))
    .filter((service) => kind !== 'trust' || !OF_THE_SAME_ACCOUNT.includes(service))
    .map((service) => `${owner}: ${service} may act for any account: aws:SourceAccount is missing`);
}

/** The same for functions, whose policies are resources of their own. */
export function functionCallerFaults({ template }: Deployment): string[] {
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::Lambda::Permission')
    .filter(([, { Properties }]) => SERVICE.test(String(Properties['Principal'])))
    .filter(([, { Properties }]) => !('SourceAccount' in Properties || 'SourceArn' in Properties))
    .map(
      ([id, { Properties }]) =>
        `${id}: ${String(Properties['Principal'])} may call for any account: SourceAccount is missing`,
    );
}
