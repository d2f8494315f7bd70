import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { FunctionError } from '../../../local/lambda/function-error';
import { throughJson } from '../../../local/lambda/in-process';
import type { PackagedFunction } from '../../../local/lambda/packaged-process';
import { FUNCTIONS_VARIABLE } from '../surroundings';

type Answer = { result: unknown } | { error: { name: string; message: string } };

/** A Lambda's process, warm, for one invocation at a time. */
export interface StepProcess {
  readonly isAlive: boolean;
  /** @throws {FunctionError} the handler's, or Lambda.Unknown when the process was killed */
  invoke(event: unknown, environment: Record<string, string>): Promise<unknown>;
  /** Ends it as the kernel does. Resolves when it is gone. */
  kill(): Promise<void>;
}

const packaged = JSON.parse(process.env[FUNCTIONS_VARIABLE] ?? '{}') as Record<string, PackagedFunction>;

/** What Lambda says of a process that is gone. */
const gone = (how: string): FunctionError => new FunctionError('Lambda.Unknown', `Runtime exited: ${how}`);

/**
 * Starts the packaged bundle of a function in a process of its own.
 * @param name its key in serverless.yml, such as `setSecret`
 */
export function startStepProcess(name: string): StepProcess {
  const found = packaged[name];
  if (found === undefined) throw new Error(`no packaged function is called ${name}`);
  const dot = found.handler.lastIndexOf('.');
  return startProcess(
    join(found.directory, `${found.handler.slice(0, dot)}.js`),
    found.handler.slice(dot + 1),
  );
}

/** Starts a bundle, which exports `handler`, in a process of its own. */
export function startProcess(file: string, handler = 'handler'): StepProcess {
  const child: ChildProcess = fork(join(__dirname, 'step-process.cjs'), [file, handler], {
    env: { TZ: 'UTC', POWERTOOLS_LOG_LEVEL: 'SILENT' },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const closed = once(child, 'close') as Promise<[code: number | null, signal: string | null]>;
  return {
    get isAlive() {
      return child.connected;
    },
    invoke: async (event, environment) => {
      const answered = Promise.withResolvers<Answer>();
      const listen = (message: unknown): void => {
        answered.resolve(message as Answer);
      };
      child.once('message', listen);
      child.send({ event: throughJson(event), environment }, () => undefined); // may be killed before it hears
      const answer = await Promise.race([answered.promise, closed]);
      child.off('message', listen);
      if (Array.isArray(answer)) throw gone(answer[1] ?? `exit code ${String(answer[0])}`);
      if ('error' in answer) throw new FunctionError(answer.error.name, answer.error.message);
      return answer.result;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
