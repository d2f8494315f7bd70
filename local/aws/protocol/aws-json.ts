import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { AwsError } from './aws-error';
import { bodyOf } from './request-body';

/** A service behind the AWS JSON protocol: given an operation's name and its request, it answers or throws. */
export interface AwsJsonService {
  /** What stands before the operation's name in the X-Amz-Target header. */
  readonly targetPrefix: string;
  /** The media type of requests and answers, which carries the protocol's version. */
  readonly contentType: string;
  /** @param accessKeyId whose request it is, as far as its Authorization header tells */
  answer(operation: string, request: unknown, accessKeyId: string | undefined): Promise<object>;
}

/**
 * Speaks the AWS JSON protocol: POST /, the operation in a header, JSON both ways, errors by name.
 *
 * A request must carry an Authorization header, as AWS demands, but its signature is NOT verified: any dummy
 * credentials will do, so this may only ever listen on the loopback interface. The access key id in it is believed.
 * Nothing of a request or an answer is logged, because both may hold secret values.
 */
export function awsJsonListener(service: AwsJsonService): RequestListener {
  return (request, response) => {
    respond(service, request, response).catch(() => response.destroy()); // the caller hung up meanwhile
  };
}

async function respond(
  service: AwsJsonService,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, body } = await outcomeOf(service, request, await bodyOf(request));
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'content-type': service.contentType,
    'content-length': bytes.length,
    'x-amzn-requestid': randomUUID(),
  });
  response.end(bytes);
}

async function outcomeOf(
  service: AwsJsonService,
  request: IncomingMessage,
  requestBody: () => string,
): Promise<{ status: number; body: object }> {
  try {
    const { authorization } = request.headers;
    if (authorization === undefined) {
      throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
    }
    const operation = operationIn(request, service.targetPrefix);
    const accessKeyId = /\bCredential=([^/,\s]+)\//.exec(authorization)?.[1];
    return { status: 200, body: await service.answer(operation, parse(requestBody()), accessKeyId) };
  } catch (error) {
    const { name, message, status } = error instanceof AwsError ? error : unexpected(error);
    return { status, body: { __type: name, Message: message } };
  }
}

function operationIn({ method, headers }: IncomingMessage, prefix: string): string {
  const target = headers['x-amz-target'];
  if (method === 'POST' && typeof target === 'string') {
    const dot = target.lastIndexOf('.');
    // The AWS CLI puts a package before CloudTrail's name, this SDK does not.
    if (`.${target.slice(0, dot)}`.endsWith(`.${prefix}`)) return target.slice(dot + 1);
  }
  throw new AwsError('UnknownOperationException', 'The request names no operation of this service.');
}

/** AWS reads a member that is null as one that is absent. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body === '' ? '{}' : body, (_name, value: unknown) => value ?? undefined);
  } catch {
    throw new AwsError('SerializationException', 'The request body is not JSON.'); // the parser would quote it
  }
}

/** A fault of this program or of a test's hook. Where it happened is printed; its message might quote a value. */
function unexpected(error: unknown): AwsError {
  const [name, frames] =
    error instanceof Error
      ? [error.name, (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))]
      : [typeof error, []];
  console.error([`Unexpected ${name} in an embedded AWS endpoint`, ...frames].join('\n'));
  return new AwsError('InternalServiceError', `Unexpected ${name} in the embedded endpoint.`);
}
