import { execFile } from 'node:child_process';

const TAIL_LINES = 5;
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

interface RunOptions {
  /** The folder it runs in; otherwise this process's own. */
  folder?: string;
  /** What it reads from its standard input. */
  input?: string;
}

/**
 * Runs a program to its end and returns what it wrote to its standard output.
 * @throws {Error} with the last lines of what it wrote to its standard error.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  timeoutMs: number,
  { folder, input }: RunOptions = {},
): Promise<string> {
  const options = {
    cwd: folder,
    timeout: timeoutMs,
    maxBuffer: MAX_OUTPUT_BYTES,
    env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
  };
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) {
        resolve(stdout);
      } else if (error.code === 'ENOENT') {
        reject(new Error(`${program} is not on the PATH`));
      } else {
        const ending =
          error.killed === true ? `gave up after ${timeoutMs / 1000} s` : `ended with ${error.code}`;
        reject(new Error([`${program} ${ending}`, ...lastLines(stderr)].join('\n')));
      }
    });
    child.stdin?.on('error', () => undefined); // it ended without reading everything; its end tells enough
    child.stdin?.end(input);
  });
}

export function lastLines(text: string): string[] {
  return text.trim().split('\n').slice(-TAIL_LINES);
}
