import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { server } from './database';

export interface TcpProxy {
  host: string;
  port: number;
  /** How many connections arrived. */
  readonly connections: number;
  /** All that clients have sent, in order of arrival. */
  received(): Buffer;
  close(): Promise<void>;
}

interface ProxyOptions {
  /** Make the server look as if it had no TLS. */
  withoutTls?: boolean;
  /** Accept and stay silent instead of passing anything on. */
  isSilent?: boolean;
  /** Cut the first connection when its client has sent this many pieces; the last one still arrives. */
  cutAfterPieces?: number;
}

/** CLIENT_SSL, in the upper byte of the lower two capability bytes (MySQL source, include/mysql_com.h). */
const CLIENT_SSL_UPPER_BYTE = 0x08;
/** Packet header and protocol version; thread id, first part of the nonce and its filler. */
const BEFORE_VERSION = 5;
const AFTER_VERSION = 1 + 4 + 8 + 1;

/** Takes the TLS flag out of a server's greeting (MySQL Internals, "Protocol::HandshakeV10"). */
function withoutTlsFlag(greeting: Buffer): Buffer {
  const flags = greeting.indexOf(0, BEFORE_VERSION) + AFTER_VERSION;
  const changed = Buffer.from(greeting);
  changed[flags + 1] = (changed[flags + 1] ?? 0) & ~CLIENT_SSL_UPPER_BYTE;
  return changed;
}

/** Listens on the loopback interface and passes connections on to the test server. */
export async function startTcpProxy({
  withoutTls,
  isSilent,
  cutAfterPieces,
}: ProxyOptions = {}): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const received: Buffer[] = [];
  let connections = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const listener = createServer((client) => {
    connections += 1;
    keep(client);
    client.on('data', (data) => received.push(data));
    if (isSilent === true) return;
    const upstream = connect(server.port, server.host);
    keep(upstream);
    const mayBeCut = connections === 1;
    let pieces = 0;
    client.on('data', (data) => {
      upstream.write(data);
      pieces += 1;
      if (mayBeCut && pieces === cutAfterPieces) client.destroy();
    });
    client.on('close', () => upstream.end());
    upstream.once('data', (greeting) => {
      client.write(withoutTls === true ? withoutTlsFlag(greeting) : greeting);
      upstream.on('data', (data) => client.write(data));
    });
    upstream.on('close', () => client.end());
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    host: '127.0.0.1',
    port: (listener.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    received: () => Buffer.concat(received),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}

/** A port on which nobody listens, most likely for as long as a test takes. */
export async function closedPort(): Promise<number> {
  const listener = await startTcpProxy({ isSilent: true });
  await listener.close();
  return listener.port;
}
