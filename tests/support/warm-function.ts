import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What an invocation answered, and what else its process met since the answer before. */
interface Invoked {
  error: { name: string; message: string } | undefined;
  /** Errors that no one caught: each would have ended the Lambda's process. */
  uncaught: string[];
  /** Sockets and timers that were still open a moment after the answer. */
  open: string[];
}

/** A function in a process that stays warm between invocations. */
interface WarmFunction {
  invoke(event: unknown): Promise<Invoked>;
  /** What happened in it while it was idle. */
  look(): Promise<Pick<Invoked, 'uncaught' | 'open'>>;
  stop(): Promise<void>;
}

/** @param name the file in functions/, without its ending; it gets this process's environment */
export function startWarmFunction(name: string): WarmFunction {
  const child: ChildProcess = fork(
    join(__dirname, 'warm-function-process.ts'),
    [join(__dirname, `../../functions/${name}.ts`)],
    {
      env: { ...process.env, POWERTOOLS_LOG_LEVEL: 'SILENT' },
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  const closed = once(child, 'close');
  const ask = async (question: object): Promise<Invoked> => {
    const answer = once(child, 'message');
    child.send(question);
    const [message] = (await Promise.race([answer, closed.then(() => ['ended'])])) as [unknown];
    if (typeof message === 'string') throw new Error('the process of the function ended');
    return message as Invoked;
  };
  return {
    invoke: (event) => ask({ event, environment: { ...process.env, POWERTOOLS_LOG_LEVEL: 'SILENT' } }),
    look: () => ask({}),
    stop: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
