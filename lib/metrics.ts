import { Metrics } from '@aws-lambda-powertools/metrics';

/** What is measured, with its unit. Names and dimensions are an interface: alarms and dashboards refer to them. */
const UNITS = {
  RotationSucceeded: 'Count',
  RotationFailed: 'Count',
  RotationDuration: 'Seconds',
  MasterCollisions: 'Count',
  SecondsSinceLastSuccess: 'Seconds',
} as const;

export type Values = Partial<Record<keyof typeof UNITS, number>>;

export interface Subject {
  /** The state machine's name. */
  machine: string;
  /** The secret's name; `undefined` when the execution did not name one. */
  secret: string | undefined;
}

const metrics = new Metrics({ namespace: 'StepwiseRotation', serviceName: 'stepwise-rotation' });

/**
 * Writes one line in CloudWatch's embedded metric format to standard output: each value once by machine, for
 * alarms that need not know the secrets, and once by machine and secret. Its time is now, not the rotation's end:
 * alarms look at the newest periods only.
 */
export function measure({ machine, secret }: Subject, values: Values): void {
  metrics.clearDefaultDimensions(); // of the line before; of the first one, `service`, by which nobody asks
  metrics.setDefaultDimensions({ machine });
  metrics.addDimensions({}); // beside the default one
  if (secret !== undefined) metrics.addDimensions({ secret });
  for (const [name, value] of Object.entries(values)) {
    metrics.addMetric(name, UNITS[name as keyof typeof UNITS], value);
  }
  metrics.publishStoredMetrics();
}

export type Measure = typeof measure;
