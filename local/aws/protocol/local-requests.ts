import type { IncomingMessage, RequestListener } from 'node:http';

/** `localhost`, an address of 127.0.0.0/8, or ::1, with a port or without. */
const LOOPBACK_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Passes on what programs of this machine ask, and refuses what a web page could: listening on loopback alone does not
 * keep a browser out. A page whose name was made to resolve to 127.0.0.1 (DNS rebinding) sends its own name as Host, and
 * a page of any name sends Origin with a POST (Fetch Standard, "Origin header") and Sec-Fetch-Site with everything (Fetch
 * Metadata). The SDKs and the AWS CLI send neither.
 */
export function localRequestsOnly(listener: RequestListener): RequestListener {
  return (request, response) => {
    const refusal = refusalOf(request);
    if (refusal === undefined) {
      listener(request, response);
      return;
    }
    response.writeHead(403, { 'content-type': 'text/plain', connection: 'close' });
    response.end(`${refusal}\n`);
  };
}

function refusalOf({ headers }: IncomingMessage): string | undefined {
  if (!LOOPBACK_NAME.test(headers.host ?? '')) {
    return 'Host is not a name of this machine: use 127.0.0.1, localhost or [::1].';
  }
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) {
    return 'A web page may not ask this endpoint.';
  }
  return undefined;
}
