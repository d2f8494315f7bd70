import * as errors from '../../../lib/errors';
import type { PointReport } from '../kind';

/** A late invocation may find nothing to do, or say by name why it does nothing; nothing else. */
export function requireNamed(name: string | undefined, report: PointReport): void {
  if (name === undefined) return;
  if (!(name in errors) || name === 'UnexpectedError') report.broken(`the late one ended with ${name}`);
}
