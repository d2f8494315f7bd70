import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { server } from './database';

/** Which connection stalls, counted from 1, and after how many bytes of the server's. */
interface Stall {
  connection: number;
  afterBytes: number;
}

/** The test server behind a proxy that can fall silent in the middle of anything. */
interface StallingServer {
  readonly host: string;
  readonly port: number;
  /** Holds for the connections that come; counting starts at 1 again. Undefined lets everything pass. */
  stall(next: Stall | undefined): void;
  /** What the server said on each connection since `stall`, in bytes. */
  readonly said: readonly number[];
  /** Does something to every connection that clients have open. */
  toClients(act: (client: Socket) => unknown): void;
  close(): Promise<void>;
}

export async function startStallingServer(): Promise<StallingServer> {
  const clients = new Set<Socket>();
  const sockets = new Set<Socket>();
  let stalled: Stall | undefined;
  let said: number[] = [];
  const keep = (socket: Socket) => {
    sockets.add(socket);
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const listener = createServer((client) => {
    const heard = said;
    const index = heard.push(0) - 1;
    const limit = stalled?.connection === index + 1 ? stalled.afterBytes : Number.POSITIVE_INFINITY;
    clients.add(keep(client).on('close', () => clients.delete(client)));
    const upstream = keep(connect(server.port, server.host));
    client.on('data', (data) => upstream.write(data)).on('close', () => upstream.destroy());
    upstream
      .on('data', (data) => {
        const before = heard[index] ?? 0;
        heard[index] = before + data.length;
        const passed = data.subarray(0, Math.max(0, limit - before));
        if (passed.length > 0) client.write(passed);
      })
      .on('close', () => {
        if ((heard[index] ?? 0) <= limit) client.end();
      });
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    host: '127.0.0.1',
    port: (listener.address() as AddressInfo).port,
    stall: (next) => {
      stalled = next;
      said = [];
    },
    get said() {
      return said;
    },
    toClients: (act) => {
      for (const client of clients) act(client);
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}
