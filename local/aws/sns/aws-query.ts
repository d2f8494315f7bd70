import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { AwsError } from '../protocol/aws-error';
import { bodyOf } from '../protocol/request-body';

/** A service behind the AWS query protocol. */
interface AwsQueryService {
  /** Of the answers' XML. */
  readonly namespace: string;
  /** What each action answers to its parameters, or throws. */
  readonly actions: Readonly<Record<string, (parameters: URLSearchParams) => Record<string, string>>>;
  readonly onCall?: (action: string) => void;
}

/**
 * Speaks the AWS query protocol: POST /, a form that names its Action, XML back. As with the JSON protocol, a
 * request must carry an Authorization header, whose signature is not verified, and nothing of it is logged.
 */
export function queryListener(service: AwsQueryService): RequestListener {
  return (request, response) => {
    respond(service, request)
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(body) });
        response.end(body);
      })
      .catch(() => response.destroy()); // the caller hung up meanwhile
  };
}

async function respond(
  { namespace, actions, onCall }: AwsQueryService,
  request: IncomingMessage,
): Promise<{ status: number; body: string }> {
  const requestBody = await bodyOf(request);
  try {
    const parameters = new URLSearchParams(requestBody());
    if (request.headers.authorization === undefined) {
      throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token');
    }
    const action = parameters.get('Action') ?? '';
    const answer = Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (answer === undefined)
      throw new AwsError('InvalidAction', 'The action is not known to this endpoint.');
    onCall?.(action);
    const result = elementsOf(answer(parameters));
    return {
      status: 200,
      body: `<${action}Response xmlns="${namespace}"><${action}Result>${result}</${action}Result>${METADATA()}</${action}Response>`,
    };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const told = elementsOf({ Type: 'Sender', Code: error.name, Message: error.message });
    return {
      status: error.status,
      body: `<ErrorResponse xmlns="${namespace}"><Error>${told}</Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
    };
  }
}

const METADATA = (): string => `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;

function elementsOf(members: Record<string, string>): string {
  return Object.entries(members)
    .map(([name, value]) => `<${name}>${escaped(value)}</${name}>`)
    .join('');
}

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
