import pc from 'picocolors';
import type { RotationReport } from './rotation-report';
import { formatSeconds } from './format-seconds';

/** A rotation for people: states with times and attempts, then how it ended and what it cost. */
export function rotationTable(report: RotationReport): string {
  return [...stateRows(report), '', ...ending(report), ...cost(report), pc.dim(report.executionArn), ''].join(
    '\n',
  );
}

function stateRows({ states }: RotationReport): string[] {
  const width = Math.max(...states.map(({ name }) => name.length), 'State'.length);
  const row = (name: string, time: string, attempts: string): string =>
    `${name.padEnd(width)}  ${time.padStart(9)}  ${attempts.padStart(8)}`;
  return [
    pc.dim(row('State', 'Time', 'Attempts')),
    ...states.map(({ name, durationMs, attempts }) => row(name, formatSeconds(durationMs), String(attempts))),
  ];
}

function ending({ status, error, cause, output }: RotationReport): string[] {
  if (status !== 'SUCCEEDED') {
    return [pc.red(status), ...(error === null ? [] : [`${pc.bold(error)}: ${cause ?? ''}`])];
  }
  const { currentUser, pendingUser, versionId, alreadyRotated } = output as Record<string, unknown>;
  if (alreadyRotated === true)
    return [`${pc.green(status)}  version ${String(versionId)} was current already`];
  return [
    `${pc.green(status)}  ${String(currentUser)} → ${pc.bold(String(pendingUser))}, version ${String(versionId)}`,
  ];
}

function cost({ secretsManagerCalls, database }: RotationReport): string[] {
  if (secretsManagerCalls === null || database === null) return [];
  const calls = Object.values(secretsManagerCalls).reduce((sum, count) => sum + count, 0);
  return [
    `${calls} calls to Secrets Manager, ${database.connections} database connections, ${database.statements} statements`,
  ];
}
