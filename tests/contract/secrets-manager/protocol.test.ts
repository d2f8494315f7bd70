import { request as httpRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { AwsError } from '../../../local/aws/secrets-manager/errors';
import { type Call, startSecretsManager } from '../../../local/aws/secrets-manager/server';
import { clientOf, freshName, withEndpoint } from './endpoint';

describe('The AWS JSON 1.1 protocol of the embedded endpoint', () => {
  /** What no SDK would send: the request as raw as the test needs it. */
  async function raw(url: string, operation: string, body: string, headers: Record<string, string> = {}) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'x-amz-target': operation, authorization: 'AWS4-HMAC-SHA256 dummy', ...headers },
      body,
    });
    return { response, answer: (await response.json()) as Record<string, unknown> };
  }

  it('answers with its media type and a request id', async () => {
    await withEndpoint({}, async (_api, { url }) => {
      const { response } = await raw(url, 'secretsmanager.ListSecrets', '{}');
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1');
      expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    });
  });

  it.each([
    ['an unknown operation', 'secretsmanager.MakeCoffee', '{}', 'UnknownOperationException'],
    ['another service', 'AWSStepFunctions.StartExecution', '{}', 'UnknownOperationException'],
    ['a missing member', 'secretsmanager.DescribeSecret', '{}', 'ValidationException'],
    ['a null member', 'secretsmanager.DescribeSecret', '{"SecretId":null}', 'ValidationException'],
    [
      'a member of the wrong type',
      'secretsmanager.DescribeSecret',
      '{"SecretId":7}',
      'SerializationException',
    ],
    ['a body that is not JSON', 'secretsmanager.PutSecretValue', 'pa55word', 'SerializationException'],
    ['a number out of range', 'secretsmanager.ListSecrets', '{"MaxResults":0}', 'ValidationException'],
    ['a word out of its set', 'secretsmanager.ListSecrets', '{"SortOrder":"up"}', 'ValidationException'],
    [
      'bytes that are not base64',
      'secretsmanager.CreateSecret',
      '{"Name":"n","SecretBinary":"*"}',
      'ValidationException',
    ],
  ])('refuses %s', async (_case, target, body, name) => {
    await withEndpoint({}, async (_api, { url }) => {
      const { response, answer } = await raw(url, target, body);
      expect(response.status).toBe(400);
      expect(answer).toEqual({ __type: name, Message: expect.any(String) as string });
      expect(answer['Message']).not.toContain('pa55word');
    });
  });

  it('says which member failed which constraint', async () => {
    await withEndpoint({}, async (api) => {
      await expect(api.describeSecret({ SecretId: undefined })).rejects.toThrow(
        "1 validation error detected: Value at 'secretId' failed to satisfy constraint: Member must not be null",
      );
    });
  });

  it('refuses a request without an Authorization header', async () => {
    await withEndpoint({}, async (_api, { url }) => {
      const headers = { 'x-amz-target': 'secretsmanager.ListSecrets' };
      const response = await fetch(url, { method: 'POST', headers, body: '{}' });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
    });
  });

  it('makes up a version id when the caller sends no token', async () => {
    await withEndpoint({}, async (_api, { url }) => {
      const body = JSON.stringify({ Name: freshName(), SecretString: 'x' });
      const { answer } = await raw(url, 'secretsmanager.CreateSecret', body);
      expect(answer['VersionId']).toMatch(/^[0-9a-f-]{36}$/);
    });
  });

  it('shows every call to the hook before it takes effect', async () => {
    const calls: Call[] = [];
    await withEndpoint({ onCall: (call) => void calls.push(call) }, async (api) => {
      const Name = freshName();
      await api.createSecret({ Name, SecretString: 'x' });
      await api.describeSecret({ SecretId: Name });
      expect(calls.map(({ operation }) => operation)).toEqual(['CreateSecret', 'DescribeSecret']);
      expect(calls[1]?.request).toEqual({ SecretId: Name });
    });
  });

  it.each([
    ['ThrottlingException', 400],
    ['InternalServiceError', 500],
  ] as const)('answers %s when the hook throws it, and changes nothing', async (name, status) => {
    let failing = true;
    const onCall = () => {
      if (failing) throw new AwsError(name, 'Injected.');
    };
    await withEndpoint({ onCall }, async (api) => {
      const Name = freshName();
      await expect(api.createSecret({ Name })).rejects.toMatchObject({
        name,
        message: 'Injected.',
        $metadata: { httpStatusCode: status },
      });
      failing = false;
      await api.createSecret({ Name });
    });
  });

  it('answers an error although the call took effect when the hook after it throws', async () => {
    const onAnswer = ({ operation }: Call) => {
      if (operation === 'CreateSecret') throw new AwsError('InternalServiceError', 'The answer was lost.');
    };
    await withEndpoint({ onAnswer }, async (api) => {
      const Name = freshName();
      await expect(api.createSecret({ Name })).rejects.toMatchObject({ name: 'InternalServiceError' });
      expect((await api.describeSecret({ SecretId: Name })).Name).toBe(Name);
    });
  });

  it('tells the hooks whose call it is', async () => {
    const calls: Call[] = [];
    await withEndpoint({ onCall: (call) => void calls.push(call) }, async (_api, { url }) => {
      const api = clientOf(url, 'another-role');
      await api.listSecrets({});
      api.destroy();
      expect(calls.map(({ accessKeyId }) => accessKeyId)).toEqual(['another-role']);
    });
  });

  it('answers late when the hook is slow', async () => {
    const order: string[] = [];
    const onCall = async () => {
      await wait(50);
      order.push('the hook has ended');
    };
    await withEndpoint({ onCall }, async (api) => {
      await api.listSecrets({});
      order.push('answered');
    });
    expect(order).toEqual(['the hook has ended', 'answered']);
  });

  it('answers InternalServiceError to a fault of its own and prints no message, which might quote a value', async () => {
    const printed = jest.spyOn(console, 'error').mockReturnValue();
    const onCall = () => Promise.reject(new TypeError('pa55word'));
    await withEndpoint({ onCall }, async (api) => {
      await expect(api.listSecrets({})).rejects.toMatchObject({
        name: 'InternalServiceError',
        message: expect.not.stringContaining('pa55word') as string,
      });
    });
    expect(printed).toHaveBeenCalledTimes(1);
    expect(printed.mock.calls.join()).toContain('TypeError');
    expect(printed.mock.calls.join()).not.toContain('pa55word');
    printed.mockRestore();
  });

  it('closes at once although a connection is kept alive and a call is under way', async () => {
    const underWay = Promise.withResolvers<undefined>();
    const never = Promise.withResolvers<undefined>();
    const onCall = () => {
      underWay.resolve(undefined);
      return never.promise;
    };
    const server = await startSecretsManager({ onCall });
    const failed = new Promise((resolve) => {
      const headers = { 'x-amz-target': 'secretsmanager.ListSecrets', authorization: 'x' };
      httpRequest(server.url, { method: 'POST', headers }).on('error', resolve).end('{}');
    });
    await underWay.promise;
    await server.close();
    expect(await failed).toMatchObject({ code: 'ECONNRESET' });
    await expect(fetch(server.url)).rejects.toThrow();
  });
});
