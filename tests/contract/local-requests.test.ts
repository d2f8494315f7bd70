import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { startCloudTrail } from '../../local/aws/cloudtrail/server';
import { listenOnLoopback } from '../../local/aws/protocol/loopback-server';
import { startSecretsManager } from '../../local/aws/secrets-manager/server';
import { startSns } from '../../local/aws/sns/server';
import { startStepFunctions } from '../../local/aws/step-functions/server';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:notices';

interface Service {
  name: string;
  start: () => Promise<{ url: string; close: () => Promise<void> }>;
  /** A call that it answers with 200. */
  target?: string;
  body: string;
}

const SERVICES: Service[] = [
  {
    name: 'Secrets Manager',
    start: () => startSecretsManager(),
    target: 'secretsmanager.ListSecrets',
    body: '{}',
  },
  {
    name: 'Step Functions',
    start: () => startStepFunctions({ functions: {} }),
    target: 'AWSStepFunctions.CreateStateMachine',
    body: JSON.stringify({
      name: 'nothing',
      roleArn: 'arn:aws:iam::123456789012:role/nothing',
      definition: JSON.stringify({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } }),
    }),
  },
  {
    name: 'CloudTrail',
    start: () => startCloudTrail(),
    target: 'CloudTrail_20131101.LookupEvents',
    body: '{}',
  },
  {
    name: 'SNS',
    start: () => startSns({ topicArns: [TOPIC] }),
    body: `Action=Publish&TopicArn=${TOPIC}&Message=text`,
  },
];

const MEBIBYTE = 1_048_576;

async function withService<Result>(
  { start }: Service,
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  const server = await start();
  try {
    return await use(server.url);
  } finally {
    await server.close();
  }
}

/** A request as a browser or a program of this machine would send it. */
async function ask(
  url: string,
  { target, body }: Pick<Service, 'target' | 'body'>,
  headers: Record<string, string> = {},
): Promise<{ status: number | undefined; answer: string }> {
  const request = httpRequest(url, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=test/x',
      ...(target === undefined
        ? { 'content-type': 'application/x-www-form-urlencoded' }
        : { 'x-amz-target': target }),
      ...headers,
    },
  });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { status: response.statusCode, answer: await text(response) };
}

describe.each(SERVICES)('The embedded $name', (service) => {
  it.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]', '127.8.9.10'])(
    'answers a request to the host %s, with a port and without',
    async (host) => {
      await withService(service, async (url) => {
        expect((await ask(url, service, { host })).status).toBe(200);
        expect((await ask(url, service, { host: `${host}:4584` })).status).toBe(200);
      });
    },
  );

  it.each([
    ['a page whose name was made to resolve here', { host: 'rebound.example:4584' }],
    ['a name that begins like this machine', { host: '127.0.0.1.rebound.example' }],
    ['a name that begins with localhost', { host: 'localhost.rebound.example' }],
    ['a name below localhost', { host: 'rebound.localhost' }],
    ['an address of the network', { host: '192.168.0.7:4584' }],
    ['the address of all interfaces', { host: '0.0.0.0:4584' }],
    ['a name before a sign', { host: '127.0.0.1@rebound.example' }],
    ['a page of another origin', { origin: 'https://rebound.example' }],
    ['a page of a local file', { origin: 'null' }],
    ['a page of this machine', { origin: 'http://localhost:8080' }],
    ['a page that a browser says is of another site', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses a request from %s', async (_who, headers) => {
    await withService(service, async (url) => {
      const { status, answer } = await ask(url, service, headers);
      expect(status).toBe(403);
      expect(answer).toMatch(/^(Host is not a name of this machine|A web page may not ask)/);
    });
  });

  it('answers RequestEntityTooLarge to a body above 1 MB, and goes on with the connection', async () => {
    await withService(service, async (url) => {
      const tooLong = { ...service, body: service.body + ' '.repeat(MEBIBYTE) };
      const { status, answer } = await ask(url, tooLong);
      expect(status).toBe(413);
      expect(answer).toContain('RequestEntityTooLarge');
      const withoutLength = await ask(url, tooLong, { 'transfer-encoding': 'chunked' });
      expect(withoutLength.status).toBe(413);
      expect((await ask(url, service)).status).toBe(200);
    });
  });
});

describe('a caller that dawdles is answered 408 and cut off', () => {
  const PATIENCE = { headersMs: 100, requestMs: 200 };

  it.each([
    ['in the first line', 'POST / HTT'],
    ['in the headers', 'POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-'],
    ['in the body', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{'],
    [
      'in a body without a length',
      'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n',
    ],
  ])('%s', async (_where, beginning) => {
    const drained: Promise<unknown>[] = [];
    const server = await listenOnLoopback(
      (request) => drained.push(text(request).catch((error: unknown) => error)),
      0,
      PATIENCE,
    );
    try {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket.write(beginning);
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 Request Timeout/);
      await Promise.all(drained);
    } finally {
      await server.close();
    }
  });
});
