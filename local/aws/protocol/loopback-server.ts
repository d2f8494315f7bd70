import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { localRequestsOnly } from './local-requests';

/** An HTTP server that only this machine can reach. */
interface LoopbackServer {
  /** `http://127.0.0.1:<port>`, for the SDK's `endpoint` and the CLI's `--endpoint-url`. */
  readonly url: string;
  /** Ends open connections, also those with a call under way, and frees the port. */
  readonly close: () => Promise<void>;
}

/** Ends a caller who sends headers or a body slower than any program of this machine does. */
export interface Patience {
  headersMs: number;
  requestMs: number;
}
const PATIENCE: Patience = { headersMs: 10_000, requestMs: 30_000 };

/**
 * Requests must name this machine and come from no web page. Those that dawdle are answered 408.
 * @param port 0 lets the system choose a free one
 * @throws {Error} EADDRINUSE and its like, when it cannot listen there
 */
export async function listenOnLoopback(
  listener: RequestListener,
  port: number,
  { headersMs, requestMs }: Patience = PATIENCE,
): Promise<LoopbackServer> {
  const options = {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.min(headersMs, 1_000),
  };
  const server = createServer(options, localRequestsOnly(listener));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
