import { Logger } from '@aws-lambda-powertools/logger';

/** The only fields that may be logged beside a message: names, ids and counts, never a value of a secret. */
export interface LogFields {
  step?: string;
  /** As the execution's input names the secret, until its ARN is known. */
  secretId?: string;
  secretArn?: string;
  versionId?: string;
  executionArn?: string;
  currentUser?: string;
  pendingUser?: string;
  changed?: boolean;
  granted?: number;
  revoked?: number;
  errorName?: string;
}

const ALLOWED: Record<keyof LogFields, true> = {
  step: true,
  secretId: true,
  secretArn: true,
  versionId: true,
  executionArn: true,
  currentUser: true,
  pendingUser: true,
  changed: true,
  granted: true,
  revoked: true,
  errorName: true,
};

const logger = new Logger({ serviceName: 'stepwise-rotation' });

/** Types end at run time; what was spread into the fields by mistake is dropped here. */
function allowed(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key in ALLOWED));
}

/** Structured JSON lines on standard output, as CloudWatch Logs wants them. */
export const log = {
  info(message: string, fields: LogFields = {}): void {
    logger.info(message, allowed(fields));
  },
  warn(message: string, fields: LogFields = {}): void {
    logger.warn(message, allowed(fields));
  },
  error(message: string, fields: LogFields = {}): void {
    logger.error(message, allowed(fields));
  },
  /** Binds fields to every later line of this invocation. */
  bind(fields: LogFields): void {
    logger.resetKeys();
    logger.appendKeys(allowed(fields));
  },
  /** Binds further fields, which a step has found out. */
  bindAlso(fields: LogFields): void {
    logger.appendKeys(allowed(fields));
  },
};
