import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Interrupt = (typeof SIGNALS)[number];

/** npm and tsx each pass on a Ctrl-C that the terminal has sent to all of them; those within a second are one. */
const ECHO_MS = 1_000;

interface Interruption {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** 128 + the signal's number, as shells count; undefined as long as there was none. */
  exitCode: () => number | undefined;
}

/**
 * Turns Ctrl-C and its like into an abort signal while `use` runs, so that what was begun can be cleared up.
 * Whoever presses it again does not want to wait for that, and the process ends at once.
 */
export async function interruptible<Result>(
  use: (interruption: Interruption) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  let first: { exitCode: number; at: number } | undefined;
  const onSignal = (name: Interrupt): void => {
    const exitCode = 128 + constants.signals[name];
    if (first !== undefined && Date.now() - first.at > ECHO_MS) process.exit(first.exitCode);
    first ??= { exitCode, at: Date.now() };
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  try {
    return await use({ signal: controller.signal, exitCode: () => first?.exitCode });
  } finally {
    for (const name of SIGNALS) process.off(name, onSignal);
  }
}
