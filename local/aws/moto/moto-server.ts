import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { messageOf } from '../../database/failure';
import { lastLines } from '../../database/run-program';
import { findDebianMoto, type MotoProgram } from './moto-program';

type Server = ChildProcessByStdio<Writable, null, Readable>;

interface MotoServer {
  /** Where it listens, for the SDK's `endpoint`. Any credentials do. */
  readonly url: string;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
/** The server of its library writes it when it listens. */
const LISTENING = /Running on (http:\/\/127\.0\.0\.1:\d+)/;

/**
 * Ends the server when its standard input ends: that is when `stop` says so or when the process that started it is
 * gone in whatever way, so that no server stays behind.
 */
const PROGRAM = `
import os, sys, threading
threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
sys.argv = ['moto_server', '-H', '127.0.0.1', '-p', '0']
from moto.server import main
main()
`;

/**
 * Starts a private moto, an AWS made by others (getmoto.org), on a free port of the loopback interface; the embedded
 * endpoints are held against it. It ends with this process at the latest, and does not keep it from ending.
 * @throws {Error} on a machine whose apt does not use Debian's archive, or when the server does not start.
 */
export async function startMotoServer(
  options: { onProgress?: (message: string) => void } = {},
): Promise<MotoServer> {
  const { onProgress = () => undefined } = options;
  try {
    return await startProgram(await findDebianMoto(onProgress));
  } catch (error) {
    throw new Error(`moto, from Debian's packages, could not be started: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

async function startProgram({ command, environment }: MotoProgram): Promise<MotoServer> {
  const [program = '', ...args] = command;
  const server = spawn(program, [...args, '-c', PROGRAM], {
    env: environment, // nothing of the machine's: not its AWS configuration, not its Python
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const url = await listening(server);
  server.stderr.resume(); // a line per request, for nobody, but they must flow
  server.unref();
  for (const stream of [server.stdin, server.stderr]) (stream as unknown as { unref(): void }).unref(); // sockets
  return { url, stop: () => stop(server) };
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    const timer = setTimeout(() => server.kill('SIGKILL'), START_TIMEOUT_MS);
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      const url = LISTENING.exec(log)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      server.stderr.removeAllListeners('data');
      resolve(url);
    });
    server.once('error', reject);
    server.once('close', () => {
      clearTimeout(timer);
      reject(new Error(lastLines(log).join('\n')));
    });
  });
}

async function stop(server: Server): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, 'exit');
  server.ref();
  server.stdin.end();
  await exit;
}
