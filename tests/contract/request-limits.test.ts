import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SFN } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { startSecretsManager } from '../../local/aws/secrets-manager/server';
import { startSns } from '../../local/aws/sns/server';
import { startStepFunctions } from '../../local/aws/step-functions/server';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:notices';
const MEBIBYTE = 1_048_576;
const keys = { accessKeyId: 'test', secretAccessKey: 'test' };

describe('a limit of AWS below 1 MB', () => {
  const options = (endpoint: string) => ({
    endpoint,
    region: 'us-east-1',
    credentials: keys,
    maxAttempts: 1,
  });

  it('of a secret value is 65,536 bytes', async () => {
    const server = await startSecretsManager();
    const api = new SecretsManager(options(server.url));
    try {
      await api.createSecret({ Name: 'longest', SecretString: 'x'.repeat(65_536) });
      for (const [Name, SecretString] of [
        ['one', 'x'.repeat(65_537)],
        ['two', 'ä'.repeat(32_769)],
        ['three', '😀'.repeat(16_385)],
      ] as const) {
        await expect(api.createSecret({ Name, SecretString })).rejects.toMatchObject({
          name: 'ValidationException',
        });
      }
      await expect(
        api.createSecret({ Name: 'four', SecretString: 'x'.repeat(MEBIBYTE) }),
      ).rejects.toMatchObject({ name: 'RequestEntityTooLarge', $metadata: { httpStatusCode: 413 } });
    } finally {
      api.destroy();
      await server.close();
    }
  });

  it("of an execution's input is 262,144 bytes", async () => {
    const server = await startStepFunctions({ functions: {} });
    const api = new SFN(options(server.url));
    try {
      const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:x';
      const start = (length: number, character = 'x') =>
        api.startExecution({ stateMachineArn, input: `"${character.repeat(length)}"` });
      await expect(start(262_142)).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
      await expect(start(262_143)).rejects.not.toMatchObject({ name: 'StateMachineDoesNotExist' });
      await expect(start(131_072, 'ä')).rejects.not.toMatchObject({ name: 'StateMachineDoesNotExist' });
      await expect(start(MEBIBYTE)).rejects.toMatchObject({ name: 'RequestEntityTooLarge' });
    } finally {
      api.destroy();
      await server.close();
    }
  });

  it('of a message is 262,144 bytes', async () => {
    const server = await startSns({ topicArns: [TOPIC] });
    const client = new SNSClient(options(server.url));
    const publish = (Message: string) => client.send(new PublishCommand({ TopicArn: TOPIC, Message }));
    try {
      await publish('x'.repeat(262_144));
      await expect(publish('x'.repeat(262_145))).rejects.toMatchObject({ name: 'InvalidParameterException' });
      await expect(publish('ä'.repeat(131_073))).rejects.toMatchObject({ name: 'InvalidParameterException' });
      await expect(publish('x'.repeat(MEBIBYTE))).rejects.toMatchObject({ name: 'RequestEntityTooLarge' });
    } finally {
      client.destroy();
      await server.close();
    }
  });
});
