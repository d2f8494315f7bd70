import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Watch } from './crossing';

/** A way to a server that can be watched, held and cut. */
export interface Wire {
  host: string;
  port: number;
  /** Ends what is connected now, on the server's side: what the client sends later arrives nowhere. */
  hangUp(): void;
  close(): Promise<void>;
}

interface Target {
  host: string;
  port: number;
  /** What the first bytes of a request are about. */
  nameOf: (request: Buffer) => string;
  watch: Watch;
}

/**
 * Passes bytes on to a server, and tells of each round trip: before the client's bytes go to the server, and
 * after the server's answer has arrived here, that is, when what was asked has been done. What speaks is told by
 * the direction of the bytes alone, so that it works through TLS and for code that is not written yet.
 */
export async function startWire({ host, port, nameOf, watch }: Target): Promise<Wire> {
  const clients = new Set<Socket>();
  const upstreams = new Set<Socket>();
  const keep = (socket: Socket, among: Set<Socket>): void => {
    among.add(socket.setNoDelay());
    socket.on('error', () => socket.destroy()).on('close', () => among.delete(socket));
  };
  const listener = createServer((client) => {
    const upstream = connect(port, host);
    keep(client, clients);
    keep(upstream, upstreams);
    let speaker: 'client' | 'server' | undefined;
    let what = '';
    let turn = Promise.resolve();
    const pass = (from: 'client' | 'server', to: Socket, data: Buffer): void => {
      turn = turn
        .then(async () => {
          const isTurn = speaker !== from;
          if (isTurn && from === 'client') what = nameOf(data);
          // A server that speaks first, with its greeting, answers nothing.
          const isAnswer = from === 'server' && speaker === 'client';
          speaker = from;
          if (isTurn && from === 'client') await watch({ moment: 'before', what });
          else if (isTurn && isAnswer) await watch({ moment: 'after', what });
          to.write(data);
        })
        .catch(() => {
          client.destroy();
          upstream.destroy();
        });
    };
    client.on('data', (data: Buffer) => {
      pass('client', upstream, data);
    });
    upstream.on('data', (data: Buffer) => {
      pass('server', client, data);
    });
    const endAfterTurn = (socket: Socket) => (): void => void turn.then(() => socket.end());
    client.on('close', endAfterTurn(upstream));
    upstream.on('close', endAfterTurn(client));
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    host: '127.0.0.1',
    port: (listener.address() as AddressInfo).port,
    hangUp: () => {
      for (const socket of upstreams) socket.destroy();
    },
    close: async () => {
      for (const socket of [...clients, ...upstreams]) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}
