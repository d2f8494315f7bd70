import { AwsError } from '../../../local/aws/secrets-manager/errors';
import { clock, steps, withEndpoint } from './endpoint';

describe('The AWS JSON 1.0 protocol of the embedded endpoint', () => {
  async function raw(url: string, target: string, body: string) {
    const headers = { 'x-amz-target': target, authorization: 'AWS4-HMAC-SHA256 dummy' };
    const response = await fetch(url, { method: 'POST', headers, body });
    return { response, answer: (await response.json()) as Record<string, unknown> };
  }

  test('has its media type, and seconds with a fraction', async () => {
    const { now } = clock('2026-11-01T12:00:00.250Z');
    await withEndpoint({ now }, async ({ server, stateMachineArn }) => {
      const { response, answer } = await raw(
        server.url,
        'AWSStepFunctions.StartExecution',
        JSON.stringify({ stateMachineArn }),
      );
      expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.0');
      expect(answer['startDate']).toBe(now().getTime() / 1000);
    });
  });

  test.each([
    ['an unknown operation', 'AWSStepFunctions.DeleteStateMachine', '{}', 'UnknownOperationException'],
    ['another service', 'secretsmanager.ListSecrets', '{}', 'UnknownOperationException'],
    ['a missing member', 'AWSStepFunctions.DescribeExecution', '{}', 'ValidationException'],
    [
      'a member of the wrong type',
      'AWSStepFunctions.DescribeExecution',
      '{"executionArn":7}',
      'SerializationException',
    ],
  ])('refuses %s', async (_case, target, body, name) => {
    await withEndpoint({}, async ({ server }) => {
      const { response, answer } = await raw(server.url, target, body);
      expect(response.status).toBe(400);
      expect(answer).toEqual({ __type: name, Message: expect.any(String) as string });
    });
  });

  test('F9: shows every call to the hook before it takes effect, which may refuse it', async () => {
    const calls: string[] = [];
    const handlers = steps();
    const onCall = ({ operation }: { operation: string }) => {
      calls.push(operation);
      if (operation === 'StartExecution') throw new AwsError('ThrottlingException', 'Rate exceeded');
    };
    await withEndpoint({ onCall, steps: handlers }, async ({ finished }) => {
      await expect(finished()).rejects.toMatchObject({
        name: 'ThrottlingException',
        message: 'Rate exceeded',
      });
    });
    expect(calls).toEqual(['CreateStateMachine', 'StartExecution']);
    expect(handlers.createSecret).not.toHaveBeenCalled();
  });
});
