import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { server } from '../support/database';

const ROOT = join(__dirname, '../..');

/** How package.json starts a program. */
const AS_NPM_DOES = [join(ROOT, 'node_modules/.bin/tsx')];
/** tsx, passing a signal on, kills a program that is too busy to answer it at once; this way there is no tsx between. */
const ALONE = ['--import', 'tsx'];

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Command {
  /** It leads a process group, as a shell's command does. */
  child: ChildProcess;
  ended: Promise<Ended>;
  /** Resolves when it has written this to standard error. */
  says: (pattern: RegExp) => Promise<RegExpExecArray>;
}

export interface CommandOptions {
  /** Replaces variables of this process; `undefined` takes one away. */
  environment?: Record<string, string | undefined>;
  alone?: boolean;
}

/** Starts one of the programs in `local` as a process of its own. */
export function start(
  entry: string,
  args: string[],
  { environment = {}, alone = false }: CommandOptions = {},
): Command {
  const child = spawn(process.execPath, [...(alone ? ALONE : AS_NPM_DOES), join(ROOT, entry), ...args], {
    cwd: ROOT,
    // Colours are for people; where CI is set they would be printed without a terminal too.
    env: { ...process.env, NO_COLOR: '1', ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text));
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, ...output });
    });
  });
  const says = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(output.stderr);
        if (match !== null) resolve(match);
      };
      child.stderr.on('data', look);
      void ended.then(() => {
        reject(new Error(`it ended without saying ${String(pattern)}:\n${output.stderr}`));
      });
      look();
    });
  return { child, ended, says };
}

/** The signal goes to the whole group, as Ctrl-C does. */
export function interrupt({ child }: Command, signal: NodeJS.Signals): void {
  process.kill(-(child.pid ?? Number.NaN), signal);
}

/** Whether anybody of the command's process group is left. */
export function isAlive({ child }: Command): boolean {
  try {
    return process.kill(-(child.pid ?? Number.NaN), 0);
  } catch {
    return false;
  }
}

/** The tests' server, for a program that would otherwise start one. */
export function serverUrl(): string {
  const { host, port, admin, caBundlePath, ssl } = server;
  const options = !ssl
    ? '?ssl=false'
    : caBundlePath === undefined
      ? ''
      : `?ca=${encodeURIComponent(caBundlePath)}`;
  return `mysql://${encodeURIComponent(admin.username)}:${encodeURIComponent(admin.password)}@${host}:${port}${options}`;
}
