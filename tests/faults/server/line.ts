import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * All that one side says until the other side speaks. The first leg of a connection is the server's greeting;
 * legs are told by direction alone, so this holds through TLS and for code that is not written yet.
 */
export interface Leg {
  /** Counted from 1, over all connections since `watch`. */
  number: number;
  /** Counted from 1. */
  connection: number;
  /** Within its connection: 0 is the greeting, 1 the client's first words, and so on. */
  index: number;
  from: 'client' | 'server';
}

/** `drop`: from this leg on nothing of the connection arrives anywhere, its end neither. `cut`: it is reset. */
export type Verdict = 'pass' | 'drop' | 'cut';
type OnLeg = (leg: Leg) => Verdict | Promise<Verdict>;

/** The way from the rotation to the server. */
export interface Line {
  readonly host: string;
  readonly port: number;
  /** Counts anew and asks `onLeg` from now on, while the leg waits. Connections that are open are left alone. */
  watch(onLeg: OnLeg): void;
  close(): Promise<void>;
}

const PASS: OnLeg = () => 'pass';

/** @param port where to listen; 0: wherever there is room */
export async function startLine(server: { host: string; port: number }, port = 0): Promise<Line> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket.setNoDelay());
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  let onLeg: OnLeg = PASS;
  let legs = 0;
  let connections = 0;

  const listener = createServer((client) => {
    keep(client);
    const upstream = keep(connect(server.port, server.host));
    const connection = (connections += 1);
    const ask = onLeg;
    let speaker: Leg['from'] | undefined;
    let index = -1;
    let isDropped = false;
    let passed = Promise.resolve();
    const inTurn = (act: () => void | Promise<void>): void => {
      passed = passed
        .then(async () => {
          if (!isDropped) await act();
        })
        .catch(() => {
          client.destroy();
          upstream.destroy();
        });
    };
    const passOn = (from: Leg['from'], to: Socket): ((data: Buffer) => void) => {
      return (data) => {
        inTurn(async () => {
          if (speaker !== from) {
            speaker = from;
            index += 1;
            const verdict = await ask({ number: (legs += 1), connection, index, from });
            if (verdict === 'cut') throw new Error('cut');
            isDropped = verdict === 'drop';
            if (isDropped) return;
          }
          to.write(data);
        });
      };
    };
    client.on('data', passOn('client', upstream)).on('close', () => {
      inTurn(() => void upstream.end());
    });
    upstream.on('data', passOn('server', client)).on('close', () => {
      inTurn(() => void client.end());
    });
  });
  listener.listen(port, '127.0.0.1');
  await once(listener, 'listening');
  return {
    host: '127.0.0.1',
    port: (listener.address() as AddressInfo).port,
    watch: (next) => {
      onLeg = next;
      [legs, connections] = [0, 0];
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}
