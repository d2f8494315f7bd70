import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GlobalConfig } from 'jest';

/** Where the processes of a run note the calls to AWS that the Lambdas make: a folder (local/lambda/call-log.cjs). */
const VARIABLE = 'STEPWISE_ROTATION_CALL_LOG';

declare global {
  /** Of this run. Not set when somebody else asked for the notes, and will judge them. */
  var awsCallFolder: string | undefined;
}

/** What of jest's configuration tells which tests run. */
type Selection = Pick<
  GlobalConfig,
  'nonFlagArgs' | 'onlyChanged' | 'onlyFailures' | 'findRelatedTests' | 'testNamePattern' | 'shard' | 'filter'
>;

export function isWholeSuite(selection: Selection): boolean {
  const { nonFlagArgs, onlyChanged, onlyFailures, findRelatedTests } = selection;
  const { testNamePattern = '', shard, filter } = selection;
  const isChosen = onlyChanged || onlyFailures || findRelatedTests;
  const isNarrowed = testNamePattern !== '' || shard !== undefined || filter !== undefined;
  return nonFlagArgs.length === 0 && !isChosen && !isNarrowed;
}

/** To be called before the first test runs: the workers inherit the variable. */
export function startRecordingCalls(): void {
  if ((process.env[VARIABLE] ?? '') !== '') return;
  globalThis.awsCallFolder = mkdtempSync(join(tmpdir(), 'stepwise-calls-'));
  process.env[VARIABLE] = globalThis.awsCallFolder;
}

/**
 * Compares the calls of the run with the roles in resources/, and makes the run a failure when they differ. To be
 * called when the last test has ended.
 * @param run `isWhole`: every test ran, so that a permission that no call used is a fault too
 */
export async function judgeRecordedCalls({ isWhole }: { isWhole: boolean }): Promise<void> {
  const folder = globalThis.awsCallFolder;
  if (folder === undefined) return;
  try {
    if (readdirSync(folder).length === 0 && !isWhole) return;
    // Loaded here, because most runs of a few tests make no call.
    const { compareCalls } = await import('../stack/check/compare-calls');
    const { readCallsIn } = await import('../stack/check/permissions/observed-call');
    const faults = await compareCalls(readCallsIn(folder), isWhole);
    if (faults.length === 0) return;
    process.stderr.write(
      `\nThe roles do not fit the calls:\n${faults.map((fault) => `  ${fault}\n`).join('')}`,
    );
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
