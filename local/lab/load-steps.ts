import type { steps } from '../steps';

interface StepLogOptions {
  /** Show the steps' structured log on standard error; otherwise they are silent. */
  verbose: boolean;
}

/**
 * The real handlers, with their log turned on or off. They are imported only now, because their logger reads
 * the environment when it is made.
 */
export async function loadSteps({ verbose }: StepLogOptions): Promise<typeof steps> {
  process.env['POWERTOOLS_LOG_LEVEL'] = verbose ? 'INFO' : 'SILENT';
  // Otherwise the logger makes a console of its own, which writes to standard output whatever the caller wants.
  process.env['POWERTOOLS_DEV'] = 'true';
  return (await import('../steps')).steps;
}
