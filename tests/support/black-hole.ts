import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

interface BlackHole {
  host: string;
  port: number;
  close(): void;
}

/** A process that listens and then never runs again, so that nobody takes connections out of its queue. */
const STUCK_LISTENER = `
  require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
    require('node:fs').writeSync(1, String(this.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

/** On loopback the kernel answers at once; the rest is for a busy process to notice it. */
const LONGEST_HANDSHAKE_MS = 1_500;

async function isAnswered(socket: Socket): Promise<boolean> {
  const limit = AbortSignal.timeout(LONGEST_HANDSHAKE_MS);
  return once(socket, 'connect', { signal: limit }).then(
    () => true,
    () => false,
  );
}

/**
 * A port that drops every packet, as a closed security group does: a full queue of connections makes the
 * kernel ignore further ones.
 */
export async function startBlackHole(): Promise<BlackHole> {
  const listener = spawn(process.execPath, ['-e', STUCK_LISTENER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [text] = (await once(listener.stdout, 'data')) as [Buffer];
  const port = Number(text.toString());
  const sockets: Socket[] = [];
  let isFull = false;
  while (!isFull) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    isFull = !(await isAnswered(socket));
  }
  return {
    host: '127.0.0.1',
    port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      listener.kill('SIGKILL');
    },
  };
}
