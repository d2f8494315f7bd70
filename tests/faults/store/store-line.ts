import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request on its way to Secrets Manager; a repetition by the SDK is one of its own. */
export interface StoreRequest {
  operation: string;
  body: Record<string, unknown>;
  /** Its secret as it was before it was last written, if it was. */
  past?: Past | undefined;
  /** Resolves when the client has given up waiting. */
  abandoned: Promise<unknown>;
}

/** What a replica answers that has not heard of the last write. */
export type Past = (request: StoreRequest) => Promise<StoreAnswer>;

export interface StoreAnswer {
  status: number;
  body: string;
}

/** @returns what the client is answered; undefined: the connection is reset */
export type React = (
  request: StoreRequest,
  forward: () => Promise<StoreAnswer>,
) => Promise<StoreAnswer | undefined>;

/** The way from the Lambdas to Secrets Manager; the application and the tests have another. */
export interface StoreLine {
  readonly url: string;
  react: React;
  close(): Promise<void>;
}

const passOn: React = (_request, forward) => forward();

export async function startStoreLine(target: string): Promise<StoreLine> {
  const line = { react: passOn };
  const listener = createServer((request, response) => {
    answer(target, line.react, request, response).catch(() => response.destroy());
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    get react() {
      return line.react;
    },
    set react(react) {
      line.react = react;
    },
    close: async () => {
      const closed = once(listener, 'close');
      listener.close();
      listener.closeAllConnections();
      await closed;
    },
  };
}

const HEADERS = ['authorization', 'content-type', 'x-amz-target'] as const;

async function answer(
  target: string,
  react: React,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const abandoned = once(response, 'close');
  const body = await text(request);
  const headers = Object.fromEntries(HEADERS.map((name) => [name, String(request.headers[name] ?? '')]));
  const asked: StoreRequest = {
    operation: headers['x-amz-target']?.split('.').at(-1) ?? '',
    body: JSON.parse(body) as Record<string, unknown>,
    abandoned,
  };
  const answered = await react(asked, async () => {
    const forwarded = await fetch(target, { method: 'POST', headers, body });
    return { status: forwarded.status, body: await forwarded.text() };
  });
  if (answered === undefined) response.destroy();
  else response.writeHead(answered.status, { 'content-type': headers['content-type'] }).end(answered.body);
}
