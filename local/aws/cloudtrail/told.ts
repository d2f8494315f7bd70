import type { ServiceEvent } from '../secrets-manager/rotation/service-event';
import type { Told } from './trail';

const SECRETS_MANAGER = 'secretsmanager.amazonaws.com';
const STEP_FUNCTIONS = 'states.amazonaws.com';

/**
 * What Secrets Manager did by itself. Rules that people write for these events match the secret's ARN in
 * `additionalEventData.SecretId`; the rest of the shape is that of AWS's service events in general ("AWS service
 * events", CloudTrail user guide). No version id: nothing says that AWS gives one.
 */
export function serviceEvent({ name, secretArn, error }: ServiceEvent, accountId: string): Told {
  return {
    eventName: name,
    eventSource: SECRETS_MANAGER,
    eventType: 'AwsServiceEvent',
    readOnly: false,
    userIdentity: { accountId, invokedBy: SECRETS_MANAGER },
    sourceIPAddress: SECRETS_MANAGER,
    userAgent: SECRETS_MANAGER,
    requestParameters: null,
    responseElements: null,
    additionalEventData: { SecretId: secretArn },
    ...(error !== undefined && { errorMessage: error }),
  };
}

/** Who called Step Functions, for whom and for what. */
export interface StateCall {
  readonly operation: string;
  readonly request: unknown;
  /** The service in whose name it was called, such as scheduler.amazonaws.com. */
  readonly invokedBy?: string;
}

/** A call to Step Functions. CloudTrail does not show what an execution is given. */
export function stateCall({ operation, request, invokedBy }: StateCall, accountId: string): Told {
  return {
    eventName: operation,
    eventSource: STEP_FUNCTIONS,
    eventType: 'AwsApiCall',
    readOnly: /^(Describe|Get|List)/.test(operation),
    userIdentity: { type: 'AssumedRole', accountId, ...(invokedBy !== undefined && { invokedBy }) },
    sourceIPAddress: invokedBy ?? '127.0.0.1',
    requestParameters: withoutInput(request),
  };
}

function withoutInput(request: unknown): unknown {
  if (typeof request !== 'object' || request === null || !('input' in request)) return request;
  return { ...request, input: 'HIDDEN_DUE_TO_SECURITY_REASONS' };
}
