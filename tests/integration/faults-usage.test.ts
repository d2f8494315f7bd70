import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '../..');

/** Wrong use is told before a server is started. */
async function faults(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const file = join(ROOT, 'tests/faults/faults.ts');
  try {
    const env = { ...process.env, NO_COLOR: '1' };
    const done = await promisify(execFile)(process.execPath, ['--import', 'tsx', file, ...args], {
      cwd: ROOT,
      env,
    });
    return { code: 0, ...done };
  } catch (failure) {
    return failure as { code: unknown; stdout: string; stderr: string };
  }
}

describe('npm run faults', () => {
  it.each([
    [['--only', 'nothing'], /--only: no kind or part is called "nothing"/],
    [['--seed', 'x'], /expected a whole number from 0 to 2147483647/],
    [['--processes', '0'], /expected a whole number from 1 to 64/],
    [['--unknown'], /unknown option '--unknown'/],
  ])('%j is wrong use: exit 2, and nothing on standard output', async (args, message) => {
    const { code, stdout, stderr } = await faults(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('tells its kinds and exit codes', async () => {
    const { code, stdout } = await faults('--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Kinds: control, crash, .*walk\./);
    expect(stdout).toContain('1 something is broken');
  });
});
