import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

const ANSWER_TIMEOUT_MS = 15_000;
const SILENCE_TIMEOUT_MS = 30_000;

/** Gives every HTTP request of this process a limit: mysql-memory-server's downloads have none. */
export function boundRequests(): void {
  subscribe('http.client.request.start', (message) => {
    const { request } = message as { request: ClientRequest };
    const giveUp = (limitMs: number): void => {
      request.destroy(new Error(`no answer from ${request.host} within ${limitMs / 1000} s`));
    };
    // A request's own timeout begins only when it is connected, and a blocked network is one that never connects.
    const timer = setTimeout(giveUp, ANSWER_TIMEOUT_MS, ANSWER_TIMEOUT_MS);
    request.once('response', () => {
      clearTimeout(timer);
      request.setTimeout(SILENCE_TIMEOUT_MS, () => {
        giveUp(SILENCE_TIMEOUT_MS);
      });
    });
    request.once('close', () => {
      clearTimeout(timer);
    });
  });
}
