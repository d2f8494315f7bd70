import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { server } from './database';

export interface ForeignListener {
  host: string;
  port: number;
  close: () => Promise<void>;
}

async function listen(serve: (client: Socket) => void, host = '127.0.0.1'): Promise<ForeignListener> {
  const sockets = new Set<Socket>();
  const listener = createServer((client) => {
    sockets.add(client);
    client.on('error', () => client.destroy()).on('close', () => sockets.delete(client));
    serve(client);
  });
  listener.listen(0, host);
  await once(listener, 'listening');
  return {
    host,
    port: (listener.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}

/** What is no MySQL: it says its first words, if it has any, and closes the connection. */
export function startOtherServer(greeting: Buffer): Promise<ForeignListener> {
  return listen((client) => {
    if (greeting.length === 0) client.destroy();
    else client.end(greeting);
  });
}

/** An error packet in place of a greeting, as a server or a proxy sends it that cannot serve a client. */
export function refusalPacket(errno: number, message: string): Buffer {
  const body = Buffer.concat([
    Buffer.from([0xff, errno & 0xff, errno >> 8]),
    Buffer.from(`#HY000${message}`),
  ]);
  return Buffer.concat([Buffer.from([body.length, 0, 0, 0]), body]);
}

/** A client's request for TLS: a packet of 32 bytes behind a header of 4 (MySQL Internals, "SSLRequest"). */
const TLS_REQUEST_BYTES = 36;

/** Greets as the test server does and sets TLS up in its own way: no client is to get further than that. */
export async function startOtherTls(options: TlsOptions): Promise<ForeignListener> {
  const tls = createTlsServer(options).on('tlsClientError', () => undefined);
  tls.listen(0, '127.0.0.1');
  await once(tls, 'listening');
  const { port } = tls.address() as AddressInfo;
  const { close, ...listener } = await listen((client) => {
    const upstream = connect(server.port, server.host);
    upstream
      .on('error', () => undefined)
      .once('data', (greeting) => {
        client.write(greeting);
        upstream.destroy();
      });
    // What follows the request may come with it.
    client.once('data', (request) => {
      const secured = connect(port, '127.0.0.1').on('error', () => client.destroy());
      secured.write(request.subarray(TLS_REQUEST_BYTES));
      client.pipe(secured).pipe(client);
    });
  });
  return {
    ...listener,
    close: async () => {
      await close();
      tls.close();
    },
  };
}
