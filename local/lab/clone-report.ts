import pc from 'picocolors';
import type { StandbyReport } from '../../lib/databases/engine';

/** What `lab clone` prints as JSON. */
interface CloneReport extends Omit<StandbyReport, 'rightsDigests' | 'currentDigests'> {
  /** Statements that were sent, those that only read included. */
  statements: number;
}

export function cloneReport(report: StandbyReport, statements: number): CloneReport {
  const { changed, granted, revoked, options, warnings, skipped, plan } = report;
  return { changed, granted, revoked, options, warnings, skipped, statements, ...(plan && { plan }) };
}

/** The same for people. */
export function cloneText({ changed, plan, statements, ...lists }: CloneReport): string {
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [pc.bold(title), ...lines.map((line) => `  ${line}`)];
  const verdict = changed ? pc.green('changed') : 'nothing was changed';
  return [
    ...section('granted', lists.granted),
    ...section('revoked', lists.revoked),
    ...section('options', lists.options),
    ...section('left out', lists.skipped),
    ...section('warnings', lists.warnings),
    ...section('plan', plan ?? []),
    `${verdict}, ${statements} statements`,
    '',
  ].join('\n');
}
