import { fork } from 'node:child_process';
import { join } from 'node:path';
import { callLog } from './call-log.cjs';
import { FunctionError } from './function-error';
import { throughJson, type Invoke } from './in-process';
import { sandboxed } from './sandbox';
import type { Usage } from './usage';

/** A Lambda as it was packaged. */
export interface PackagedFunction {
  /** Key of serverless.yml, such as `setSecret`. */
  name: string;
  /** Where its zip was unpacked. */
  directory: string;
  /** As in the template: `functions/set-secret.handler`. */
  handler: string;
  timeoutSeconds: number;
}

interface InvokeOptions {
  /** All that the function sees; nothing is inherited from this process. */
  environment: Readonly<Record<string, string>>;
  /** Receives what the function writes to standard output and error; by default it goes to standard error. */
  onLog?: (text: string) => void;
  /** Hears what an invocation took, unless its process was ended by force. */
  onUsage?: (usage: Usage) => void;
}

type Answer = { usage: Usage } & ({ result: unknown } | { error: { name: string; message: string } });

/** The file and the export that a function's handler is. */
export function entryOf({ directory, handler }: PackagedFunction): { file: string; handler: string } {
  const dot = handler.lastIndexOf('.');
  return { file: join(directory, `${handler.slice(0, dot)}.js`), handler: handler.slice(dot + 1) };
}

/**
 * Runs a packaged Lambda as AWS would: a fresh process per invocation, without this project's sources, modules or
 * environment. The event travels over the process's channel, never on a command line.
 */
export function packagedProcess(packaged: PackagedFunction, options: InvokeOptions): Invoke {
  const { name, directory, timeoutSeconds } = packaged;
  const { environment, onLog = (text: string) => process.stderr.write(text), onUsage } = options;

  return (event) =>
    new Promise((resolve, reject) => {
      const log = callLog();
      const child = fork(join(__dirname, 'child.cjs'), [], {
        cwd: directory,
        env: { TZ: 'UTC', AWS_LAMBDA_FUNCTION_NAME: name, LAMBDA_TASK_ROOT: directory, ...environment },
        execArgv: sandboxed({ directory, environment, writable: log?.folder }),
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      let answer: Answer | undefined;
      let isTimedOut = false;
      const deadline = Date.now() + timeoutSeconds * 1_000;
      const timer = setTimeout(() => {
        isTimedOut = true;
        child.kill('SIGKILL');
      }, timeoutSeconds * 1_000);

      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => {
          onLog(text);
        });
      }
      child.once('error', reject);
      child.once('message', (message) => {
        answer = message as Answer;
        clearTimeout(timer);
      });
      // `close` comes after the last line of the log, so nobody reads a log that is still being written.
      child.once('close', (code, signal) => {
        clearTimeout(timer);
        if (answer !== undefined) onUsage?.(answer.usage);
        if (answer !== undefined && 'result' in answer) resolve(answer.result);
        else if (answer !== undefined) reject(new FunctionError(answer.error.name, answer.error.message));
        else if (isTimedOut) reject(timedOut(timeoutSeconds));
        else
          reject(
            new FunctionError('Lambda.Unknown', `Runtime exited: ${signal ?? `exit code ${String(code)}`}`),
          );
      });
      child.send({ ...entryOf(packaged), event: throughJson(event), name, deadline, log });
    });
}

/** Step Functions' name for a Lambda that took longer than its own timeout. */
function timedOut(seconds: number): FunctionError {
  return new FunctionError('Sandbox.Timedout', `Task timed out after ${seconds.toFixed(2)} seconds`);
}
