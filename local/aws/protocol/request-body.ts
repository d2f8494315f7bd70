import type { IncomingMessage } from 'node:http';
import { AwsError } from './aws-error';

/**
 * Step Functions takes requests of 1 MB (its quotas, "Maximum request size"). It is enough for the longest value of
 * Secrets Manager and the longest message of SNS, however they are escaped.
 */
export const LARGEST_REQUEST_BYTES = 1_048_576;

/**
 * Reads a request's body, and keeps no more of it than AWS would. The rest is read and dropped, because a caller that is
 * cut off while it writes does not see the answer; one that never ends is cut off by the server's time limit.
 * @returns what it was, or throws RequestEntityTooLarge; called when the caller is to be answered
 */
export async function bodyOf(request: IncomingMessage): Promise<() => string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes <= LARGEST_REQUEST_BYTES) pieces.push(piece);
    else pieces.length = 0;
  }
  return () => {
    if (bytes <= LARGEST_REQUEST_BYTES) return Buffer.concat(pieces).toString();
    throw new AwsError('RequestEntityTooLarge', `The request is longer than ${LARGEST_REQUEST_BYTES} bytes.`);
  };
}
