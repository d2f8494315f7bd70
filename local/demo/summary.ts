import pc from 'picocolors';
import { formatSeconds } from '../lab/format-seconds';
import { loadDefinition } from '../state-machine/load-definition';
import type { DemoReport, DemoRotation } from './demo-report';
import { isFlawless } from './demo-report';
import { outcome } from './outcome';
import { isTimed } from './timed-states';

/** The demo in a few lines: what each rotation did, and whether the application noticed. */
export function summary(report: DemoReport): string {
  const { rotations, probe, server } = report;
  const verdict = isFlawless(report) ? pc.green : pc.red;
  return [
    '',
    pc.bold(`${server.product} ${server.version}`),
    ...rotations.flatMap((rotation, index) =>
      rotationLines(rotation, index + 1, rotations[index - 1]?.users),
    ),
    '',
    verdict(`${probe.logins} logins of the application since its first user exists, ${probe.failed} failed`),
    '',
  ].join('\n');
}

function rotationLines(rotation: DemoRotation, number: number, before: string[] = []): string[] {
  const { status, states, users, currentUser, initialSetup, loginsDuringSwitch } = rotation;
  const definition = loadDefinition().States;
  const timed = states.filter(({ name }) => isTimed(definition[name]?.Type));
  const totalMs = states.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const others = users.filter((user) => user !== currentUser);
  return [
    '',
    `${status === 'SUCCEEDED' ? pc.green('✔') : pc.red('✘')} ${pc.bold(`Rotation ${number}`)}  ${outcome(rotation, before)}`,
    ...timed.map(
      ({ name, durationMs, attempts }) =>
        `    ${name.padEnd(27)}${formatSeconds(durationMs).padStart(8)}${attempts > 1 ? `  ${attempts} attempts` : ''}`,
    ),
    `    ${'in all'.padEnd(27)}${formatSeconds(totalMs).padStart(8)}`,
    `    current ${pc.bold(currentUser)}${others.length > 0 ? `, standby ${others.join(', ')}` : ''}`,
    ...(initialSetup === true
      ? []
      : [`    ${loginsDuringSwitch} logins from the beginning of SetSecret to the end of FinishSecret`]),
  ];
}
