import type { z } from 'zod';
import { AwsError } from './aws-error';

type Issue = z.core.$ZodIssue;

/**
 * Checks a request's shape and answers what AWS answers for its first fault. The message names the member
 * and the constraint and, unlike AWS's own, never the value, because the member may be the secret itself.
 */
export function parseRequest<Shape extends z.ZodType>(shape: Shape, request: unknown): z.output<Shape> {
  const outcome = shape.safeParse(request);
  if (outcome.success) return outcome.data;
  const [issue] = outcome.error.issues;
  throw issue === undefined ? validation('request', 'Member is not valid') : refusalOf(issue, request);
}

function refusalOf(issue: Issue, request: unknown): AwsError {
  const member = issue.path.join('.');
  switch (issue.code) {
    case 'invalid_type':
      return isAbsent(request, issue.path)
        ? validation(member, 'Member must not be null')
        : new AwsError('SerializationException', `${member || 'The request'} must be a ${issue.expected}`);
    case 'too_small':
      return validation(
        member,
        `Member must have ${measureOf(issue)} greater than or equal to ${issue.minimum}`,
      );
    case 'too_big':
      return validation(
        member,
        `Member must have ${measureOf(issue)} less than or equal to ${issue.maximum}`,
      );
    case 'invalid_value':
      return validation(member, `Member must satisfy enum value set: [${issue.values.join(', ')}]`);
    case 'custom':
      return issue.params?.['parameter'] === true
        ? new AwsError('InvalidParameterException', `${member} ${issue.message}`)
        : validation(member, issue.message);
    case 'invalid_format':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return validation(member, 'Member is not valid');
  }
}

function validation(member: string, constraint: string): AwsError {
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: ${constraint}`,
  );
}

function measureOf({ origin }: { origin: string }): 'value' | 'length' {
  return origin === 'number' || origin === 'int' ? 'value' : 'length';
}

function isAbsent(request: unknown, path: readonly PropertyKey[]): boolean {
  const found = path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    request,
  );
  return found === undefined;
}
