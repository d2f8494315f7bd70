import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCallsIn, type ObservedCall } from './permissions/observed-call';

const PROJECT = join(__dirname, '../../..');

/**
 * Test files that together make every call that the whole suite makes; it takes half a minute. When one is missing,
 * the comparison tells permissions that nothing used.
 */
const DRIVERS = [
  'tests/integration/kickoff-repair.test.ts',
  'tests/integration/preflight.test.ts',
  'tests/integration/repetition.test.ts',
  'tests/integration/report-age.test.ts',
  'tests/integration/report-outcome.test.ts',
];

/** Standard output is for the report alone, so all that jest says goes to standard error. */
function runJest(folder: string): Promise<number | null> {
  const jest = require.resolve('jest/bin/jest');
  const child = spawn(process.execPath, [jest, '--runTestsByPath', ...DRIVERS], {
    cwd: PROJECT,
    env: { ...process.env, STEPWISE_ROTATION_CALL_LOG: folder },
    stdio: ['ignore', 2, 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}

/** Runs tests that drive every Lambda, and tells the calls that these made. */
export async function observeCalls(): Promise<ObservedCall[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stepwise-calls-'));
  try {
    const code = await runJest(folder);
    if (code !== 0) throw new Error(`the tests that show the calls ended with ${String(code)}`);
    return readCallsIn(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
